// The store with a long history: made-up facts of 180 days on the embedded database and, when DATABASE_URL names one, on
// that server too, in databases of their own that are dropped at the end. FACTS says how many; 5,000,000 is what the limits
// are for.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate, openStore, startEmbeddedPostgres, writeFacts } from '@undertow/store';
import pg from 'pg';
import './end-with-parent.ts';
import { startGuard } from './guard.ts';
import { report, type Row } from './report.ts';
import { MadeHistory } from './store/generate-facts.ts';
import { ledgerSection } from './store/ledger-section.ts';
import type { Place, Section } from './store/section.ts';
import { togetherSection } from './store/together-section.ts';
import { seriesSection } from './store/series-section.ts';

const FACTS = Number(process.env['FACTS'] ?? 1_000_000);
const OWNERS = Number(process.env['OWNERS'] ?? Math.ceil(FACTS / 80));
const history = { chainId: 1, facts: FACTS, days: 180, owners: OWNERS, seed: 1 };
const SECTIONS: readonly Section[] = [ledgerSection, seriesSection, togetherSection];

/** Measures everything on one server. */
async function measure(server: Place['server'], serverUrl: string): Promise<Row[]> {
  const names: string[] = [];
  const addDatabase = async () => {
    const name = `undertow_bench_${process.pid}_${names.length}`;
    await run(serverUrl, `CREATE DATABASE ${name}`);
    names.push(name);
    const url = new URL(serverUrl);
    url.pathname = `/${name}`;
    const store = await openStore(url.href);
    await migrate(store);
    await store.close();
    return url.href;
  };
  try {
    const made = new MadeHistory(history);
    const databaseUrl = await addDatabase();
    await fill(databaseUrl, made);
    const rows: Row[] = [];
    for (const section of SECTIONS) rows.push(...(await section({ server, databaseUrl, made, addDatabase })));
    return rows;
  } finally {
    for (const name of names) await run(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`);
  }
}

async function fill(databaseUrl: string, made: MadeHistory): Promise<void> {
  const store = await openStore(databaseUrl);
  const started = performance.now();
  let written = 0;
  for (const range of made.ranges()) written += (await writeFacts(store, range)).written;
  await store.close();
  const seconds = (performance.now() - started) / 1000;
  console.log(`${written} facts of ${made.lastBlock} blocks made and written in ${seconds.toFixed(0)} s`);
}

async function run(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

const folder = mkdtempSync(join(tmpdir(), 'undertow-bench-'));
startGuard().remove(folder);
chmodSync(folder, 0o711); // Root steps down for PostgreSQL, which must pass.
const embedded = await startEmbeddedPostgres({ dataDir: join(folder, 'pg') });
const given = process.env['DATABASE_URL'];
try {
  const rows = await measure('embedded', embedded.connectionString);
  if (given) rows.push(...(await measure('DATABASE_URL', given)));
  report('store', rows, { ...history, servers: given ? 2 : 1 });
} finally {
  await embedded.stop();
  rmSync(folder, { recursive: true, force: true });
}
