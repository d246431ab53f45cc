import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, chmod, mkdir, mkdtemp, readdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ConfigError } from '@undertow/units';
import pg from 'pg';
import { ownUrl } from '../fixtures/own-url.ts';
import { findEmbeddedPostgres, startEmbeddedPostgres } from './start-embedded-postgres.ts';

/** A server is made for each test, on a machine that may be busy. */
const TIMEOUT_MS = 120_000;

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'undertow-embedded-'));
  await chmod(folder, 0o755);
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function query<Row extends object>(connectionString: string, sql: string): Promise<readonly Row[]> {
  const client = new pg.Client({ connectionString });
  // A server that is killed closes the connection; the query reports it.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Starts a server in a process of its own, which prints where the server is and then only lives. */
function startElsewhere(dataDir: string) {
  const script = `
    import { startEmbeddedPostgres } from ${JSON.stringify(new URL('./start-embedded-postgres.ts', import.meta.url).href)};
    const { connectionString, pid } = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)} });
    process.stdout.write(JSON.stringify({ connectionString, pid }) + '\\n');
    setInterval(() => {}, 1000);
  `;
  return spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

const isRoot = process.getuid?.() === 0;

describe('startEmbeddedPostgres', () => {
  it(
    'serves on loopback only, in UTC, safely, and keeps the data',
    async () => {
      const dataDir = join(folder, 'data');
      const said: string[] = [];
      const first = await startEmbeddedPostgres({ dataDir, onProgress: (message) => said.push(message) });
      expect(said).toEqual(['making the database']);
      expect(await findEmbeddedPostgres(dataDir)).toBe(first.connectionString);
      const shown = `SELECT current_setting('listen_addresses') AS address, current_setting('TimeZone') AS zone,
      current_setting('fsync') AS fsync, current_setting('unix_socket_directories') AS socket`;
      // Only the server's own role may see where its sockets are.
      expect(await query(await ownUrl(dataDir, first.connectionString), shown)).toEqual([
        { address: '127.0.0.1', zone: 'UTC', fsync: 'on', socket: '' },
      ]);
      await query(first.connectionString, 'CREATE TABLE kept AS SELECT 1 AS x');
      const wrong = first.connectionString.replace(/:[0-9a-f]{64}@/, ':wrong@');
      await expect(query(wrong, 'SELECT 1')).rejects.toThrow(/password authentication failed/);
      await first.stop();
      expect(await first.exited).toMatch(/database system is shut down/);
      expect(await findEmbeddedPostgres(dataDir)).toBeUndefined();
      const second = await startEmbeddedPostgres({ dataDir });
      expect(await query(second.connectionString, 'SELECT x FROM kept')).toEqual([{ x: 1 }]);
      await second.stop();
    },
    TIMEOUT_MS,
  );

  it(
    'refuses a folder in use, and the server there goes on',
    async () => {
      const server = await startEmbeddedPostgres({ dataDir: folder });
      const refusal = await startEmbeddedPostgres({ dataDir: folder }).catch((error: Error) => error);
      expect(refusal).toBeInstanceOf(ConfigError);
      expect(refusal).toMatchObject({
        message: expect.stringContaining(`in use by process ${process.pid}`) as string,
      });
      expect(await query(server.connectionString, 'SELECT 1 AS x')).toEqual([{ x: 1 }]);
      await server.stop();
    },
    TIMEOUT_MS,
  );

  it(
    'makes one database when two start together on an empty folder',
    async () => {
      const starts = await Promise.allSettled([1, 2].map(() => startEmbeddedPostgres({ dataDir: folder })));
      const started = starts.filter((start) => start.status === 'fulfilled');
      for (const { value } of started) await value.stop();
      expect(started).toHaveLength(1);
      expect(starts.find((start) => start.status === 'rejected')?.reason).toBeInstanceOf(ConfigError);
    },
    TIMEOUT_MS,
  );

  it(
    'ends with its process, and starts again at once after a kill',
    async () => {
      const other = startElsewhere(folder);
      const [line] = (await once(other.stdout, 'data')) as [Buffer];
      const { connectionString, pid } = JSON.parse(String(line)) as { connectionString: string; pid: number };
      await query(connectionString, 'CREATE TABLE kept AS SELECT 1 AS x');
      other.kill('SIGKILL');
      await once(other, 'exit');
      const server = await startEmbeddedPostgres({ dataDir: folder });
      expect(() => process.kill(pid, 0)).toThrow(/ESRCH/);
      expect(await query(server.connectionString, 'SELECT x FROM kept')).toEqual([{ x: 1 }]);
      await server.stop();
    },
    TIMEOUT_MS,
  );

  it(
    'is not fooled by the file of a dead server that names another process',
    async () => {
      await (await startEmbeddedPostgres({ dataDir: folder })).stop();
      const sleeper = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
      await once(sleeper, 'spawn');
      const lines = [sleeper.pid, join(folder, 'cluster'), 1, 1, '', '127.0.0.1', '', 'ready'];
      await writeFile(join(folder, 'cluster', 'postmaster.pid'), `${lines.join('\n')}\n`);
      const server = await startEmbeddedPostgres({ dataDir: folder });
      await server.stop();
      sleeper.kill();
      await once(sleeper, 'exit');
    },
    TIMEOUT_MS,
  );

  it(
    'refuses folders that hold other things or another version',
    async () => {
      await writeFile(join(folder, 'thesis.txt'), '');
      await expect(startEmbeddedPostgres({ dataDir: folder })).rejects.toThrow(
        /holds other things already, such as thesis.txt/,
      );
      await rm(join(folder, 'thesis.txt'));
      await mkdir(join(folder, 'cluster'));
      await writeFile(join(folder, 'cluster', 'PG_VERSION'), '12\n');
      await expect(startEmbeddedPostgres({ dataDir: folder })).rejects.toThrow(/made by PostgreSQL 12/);
    },
    TIMEOUT_MS,
  );

  (isRoot ? it : it.skip)(
    'finds a place for the data when root keeps its folders to itself',
    async () => {
      await chmod(folder, 0o700);
      const dataDir = join(folder, 'data');
      const first = await startEmbeddedPostgres({ dataDir });
      try {
        expect(first.dataDir).toMatch(/^\/var\/lib\/undertow\/data-/);
        expect(await readdir(dataDir)).toEqual(['elsewhere']);
        expect((await readFile(join(dataDir, 'elsewhere'), 'utf8')).trim()).toBe(first.dataDir);
        expect(await findEmbeddedPostgres(dataDir)).toBe(first.connectionString);
        await query(first.connectionString, 'CREATE TABLE kept AS SELECT 1 AS x');
        await first.stop();
        const second = await startEmbeddedPostgres({ dataDir });
        expect(await query(second.connectionString, 'SELECT x FROM kept')).toEqual([{ x: 1 }]);
        await second.stop();
      } finally {
        await first.stop();
        await rm(first.dataDir, { recursive: true, force: true });
        await rmdir(dirname(first.dataDir)).catch(() => undefined);
      }
      await expect(access(first.dataDir)).rejects.toThrow(/ENOENT/);
    },
    TIMEOUT_MS,
  );
});
