import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate, openStore, startEmbeddedPostgres } from '@undertow/store';
import pg from 'pg';
import { startGuard } from './guard.ts';

/** Where a bench works: the embedded server, or that at DATABASE_URL. */
export type ServerName = 'embedded' | 'DATABASE_URL';

/** Works with the embedded server, and with that which DATABASE_URL names when there is one. The embedded one is gone afterwards. */
export async function withServers(
  work: (servers: ReadonlyMap<ServerName, string>) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'undertow-bench-'));
  startGuard().remove(folder);
  chmodSync(folder, 0o711); // Root steps down for PostgreSQL, which must pass.
  const embedded = await startEmbeddedPostgres({ dataDir: join(folder, 'pg') });
  const given = process.env['DATABASE_URL'];
  try {
    await work(
      new Map<ServerName, string>([
        ['embedded', embedded.connectionString],
        ...(given ? [['DATABASE_URL', given] as const] : []),
      ]),
    );
  } finally {
    await embedded.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Works with new migrated databases on a server, which are dropped at the end. */
export async function withDatabases<T>(
  serverUrl: string,
  work: (addDatabase: () => Promise<string>) => Promise<T>,
): Promise<T> {
  const names: string[] = [];
  try {
    return await work(async () => {
      const name = `undertow_bench_${process.pid}_${names.length}`;
      await run(serverUrl, `CREATE DATABASE ${name}`);
      names.push(name);
      const url = new URL(serverUrl);
      url.pathname = `/${name}`;
      const store = await openStore(url.href);
      await migrate(store);
      await store.close();
      return url.href;
    });
  } finally {
    for (const name of names) await run(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`);
  }
}

async function run(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}
