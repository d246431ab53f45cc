import { writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { processIdentity, spawnTethered, type Tethered } from '@undertow/supervise';
import { assert, ConfigError, RetryableError } from '@undertow/units';
import { findBinaries, type Binaries } from './binaries.ts';
import { APP_ROLE, appPassword, ensureAppRole } from './app-role.ts';
import { ensureCluster, readPassword } from './cluster.ts';
import { locateDataFolder, openDataFolder, type DataFolder } from './data-folder.ts';
import { awaitFree, findPostmaster, inUse } from './postmaster.ts';
import { serverEnvironment } from './server-environment.ts';
import { serverUser, type ServerUser } from './server-user.ts';

export interface EmbeddedPostgres {
  readonly connectionString: string;
  /** Process id of the server. */
  readonly pid: number;
  /** Where the data really is; differs from what was asked when root had to step down. */
  readonly dataDir: string;
  /** Resolves with the last thing the server said when it has ended, asked or not. */
  readonly exited: Promise<string>;
  /** Closes all connections, writes everything to disk and ends. */
  stop(): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  /** Folder of its own, made when missing; the data of an earlier start is found again. */
  readonly dataDir: string;
  /** The port of one that this process ran and that has ended, to be started anew there; any free one by default. */
  readonly port?: number;
  readonly onProgress?: (message: string) => void;
}

/**
 * Starts a private PostgreSQL from the npm binaries on a free loopback port. It ends with this process, however that
 * ends, and the next start recovers. A folder that another process runs on is a `ConfigError`.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const onProgress = options.onProgress ?? (() => {});
  const user = await serverUser();
  const folder = await openDataFolder(options.dataDir, user, onProgress);
  const binaries = await findBinaries(user, folder.root);
  await awaitFree(folder, { isOwn: options.port !== undefined });
  await ensureCluster(folder, binaries, user, onProgress);
  const { server, port, said } = await startServer(folder, { binaries, user, port: options.port });
  const password = await readPassword(folder);
  await ensureAppRole(port, password);
  await writeFile(folder.owner, `${processIdentity(process.pid) ?? process.pid}\n`);
  const postmaster = await findPostmaster(folder);
  assert(postmaster?.port === port, 'a server that is ready has a pid file with its port');
  return {
    connectionString: connectionString(port, password),
    pid: postmaster.pid,
    dataDir: folder.root,
    exited: server.exited.then(said),
    async stop() {
      await server.stop();
    },
  };
}

/** Connection string of the server that another process runs on this data folder; `undefined` when none runs. */
export async function findEmbeddedPostgres(dataDir: string): Promise<string | undefined> {
  const folder = await locateDataFolder(dataDir);
  const postmaster = await findPostmaster(folder);
  return postmaster && connectionString(postmaster.port, await readPassword(folder));
}

function connectionString(port: number, password: string): string {
  return `postgresql://${APP_ROLE}:${appPassword(password)}@127.0.0.1:${port}/postgres`;
}

interface Started {
  readonly server: Tethered;
  readonly port: number;
  /** The last lines of the server's log. */
  readonly said: () => string;
}

interface ServerOptions {
  readonly binaries: Binaries;
  readonly user: ServerUser | undefined;
  readonly port: number | undefined;
}

/** Tries again, a bounded number of times, for what passes: a port just taken, a killed server's children still ending. */
async function startServer(
  folder: DataFolder,
  { binaries, user, port: wanted }: ServerOptions,
): Promise<Started> {
  let last = '';
  for (let attempt = 0; attempt < 100; attempt++) {
    const port = wanted ?? (await freePort());
    const server = spawnServer(folder, binaries, user, port);
    const log = readLog(server);
    if (await log.ready) return { server, port, said: log.said };
    last = log.said();
    if (/lock file .* already exists/.test(last)) {
      throw inUse(folder, Number(/PID (\d+)/.exec(last)?.[1] ?? (await findPostmaster(folder))?.pid ?? 0));
    }
    if (!/Address already in use|still in use/.test(last)) break;
    await delay(100);
  }
  if (/No space left on device/.test(last)) {
    throw new RetryableError(`PostgreSQL cannot start: the disk of ${folder.root} is full. Free some space.`);
  }
  throw new ConfigError(
    `PostgreSQL does not start on ${folder.root}: ${last}. If the data is damaged, move the folder away to index afresh.`,
  );
}

function spawnServer(
  folder: DataFolder,
  binaries: Binaries,
  user: ServerUser | undefined,
  port: number,
): Tethered {
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    fsync: 'on',
    max_connections: 60,
    shared_buffers: '128MB',
    max_wal_size: '2GB',
    // Nobody replicates an embedded server.
    wal_level: 'minimal',
    max_wal_senders: 0,
    // Compiling costs more than it saves on queries of this size.
    jit: 'off',
  };
  return spawnTethered({
    command: binaries.postgres,
    args: [
      '-D',
      folder.cluster,
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    cwd: folder.root,
    env: serverEnvironment(),
    ...(user?.dropped ? { uid: user.uid, gid: user.gid } : {}),
    // Fast shutdown: PostgreSQL ends its sessions and writes a checkpoint.
    stopSignal: 'SIGINT',
    graceMs: 60_000,
  });
}

function readLog(server: Tethered): { ready: Promise<boolean>; said: () => string } {
  let text = '';
  const ready = new Promise<boolean>((resolve) => {
    server.output.on('data', (chunk) => {
      text = (text + String(chunk)).slice(-4_000);
      if (text.includes('ready to accept connections')) resolve(true);
    });
    void server.exited.then(() => resolve(false));
  });
  return { ready, said: () => text.trim() };
}

/** A port that is free now; whoever takes it in between makes the server fail, and we try another. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}
