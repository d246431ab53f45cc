// Prices of exchanges: what watching them adds to indexing, and how long a page waits for a year of minute prices of 200 markets
// (MARKETS, DAYS), on the embedded database and, when DATABASE_URL names one, on that server too.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate, openStore, startEmbeddedPostgres } from '@undertow/store';
import pg from 'pg';
import './end-with-parent.ts';
import { besideIndexing } from './exchanges/beside-indexing.ts';
import { yearOfPrices } from './exchanges/year-of-prices.ts';
import { startGuard } from './guard.ts';
import { report, type Row } from './report.ts';

const ACCOUNTS = Number(process.env['ACCOUNTS'] ?? 10_000);
const RUNS = Number(process.env['RUNS'] ?? 5);
const MARKETS = Number(process.env['MARKETS'] ?? 200);
const DAYS = Number(process.env['DAYS'] ?? 365);

/** Works with new databases on a server, which are dropped at the end. */
async function withDatabases<T>(
  serverUrl: string,
  work: (add: () => Promise<string>) => Promise<T>,
): Promise<T> {
  const names: string[] = [];
  const run = async (sql: string) => {
    const client = new pg.Client({ connectionString: serverUrl });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  try {
    return await work(async () => {
      const name = `undertow_bench_${process.pid}_${names.length}`;
      await run(`CREATE DATABASE ${name}`);
      names.push(name);
      const url = new URL(serverUrl);
      url.pathname = `/${name}`;
      const store = await openStore(url.href);
      await migrate(store);
      await store.close();
      return url.href;
    });
  } finally {
    for (const name of names) await run(`DROP DATABASE ${name} WITH (FORCE)`);
  }
}

const folder = mkdtempSync(join(tmpdir(), 'undertow-bench-'));
startGuard().remove(folder);
chmodSync(folder, 0o711); // Root steps down for PostgreSQL, which must pass.
const embedded = await startEmbeddedPostgres({ dataDir: join(folder, 'pg') });
const given = process.env['DATABASE_URL'];
try {
  const rows: Row[] = await withDatabases(embedded.connectionString, (addDatabase) =>
    besideIndexing({ accounts: ACCOUNTS, runs: RUNS, addDatabase }),
  );
  const servers = { embedded: embedded.connectionString, ...(given ? { DATABASE_URL: given } : {}) };
  for (const [server, url] of Object.entries(servers))
    await withDatabases(url, async (add) => {
      rows.push(...(await yearOfPrices({ server, databaseUrl: await add(), markets: MARKETS, days: DAYS })));
    });
  report('exchanges', rows, {
    accounts: ACCOUNTS,
    runs: RUNS,
    markets: MARKETS,
    days: DAYS,
    statistic: 'median',
  });
} finally {
  await embedded.stop();
  rmSync(folder, { recursive: true, force: true });
}
