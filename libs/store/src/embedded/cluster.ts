import { randomBytes } from 'node:crypto';
import { chown, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { processIdentity, spawnTethered } from '@undertow/supervise';
import { ConfigError } from '@undertow/units';
import type { Binaries } from './binaries.ts';
import type { DataFolder } from './data-folder.ts';
import { serverEnvironment } from './server-environment.ts';
import type { ServerUser } from './server-user.ts';

/** The role that an embedded server is made by; what is stored goes by another (`app-role.ts`). */
export const ROLE = 'undertow';

/** Password of the cluster, made with it. */
export async function readPassword(folder: DataFolder): Promise<string> {
  return (await readFile(folder.password, 'utf8')).trim();
}

/**
 * Makes the cluster unless it is there. It is made under another name and renamed when complete, so an interrupted
 * start leaves none that is half made.
 */
export async function ensureCluster(
  folder: DataFolder,
  binaries: Binaries,
  user: ServerUser | undefined,
  onProgress: (message: string) => void,
): Promise<void> {
  const major = await readFile(join(folder.cluster, 'PG_VERSION'), 'utf8').catch(() => undefined);
  if (major !== undefined) {
    if (Number(major) === binaries.major) return;
    throw new ConfigError(
      `${folder.root} was made by PostgreSQL ${major.trim()}, but this Undertow brings ${binaries.major}. Move the ` +
        'folder away to index afresh, or go back to the Undertow that made it.',
    );
  }
  onProgress('making the database');
  await removeAbandoned(folder);
  const mark = `new-${process.pid}-${randomBytes(4).toString('hex')}`;
  const [fresh, password] = [join(folder.root, `cluster.${mark}`), join(folder.root, `password.${mark}`)];
  try {
    await writeFile(password, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600 });
    if (user?.dropped) await chown(password, user.uid, user.gid);
    await initdb(fresh, password, binaries, user);
    await rename(password, join(fresh, basename(folder.password)));
    await rename(fresh, folder.cluster).catch((error: NodeJS.ErrnoException) => {
      // Another start made one at the same time and was first: its server then says that the folder is in use.
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
  } finally {
    for (const path of [fresh, password]) await rm(path, { recursive: true, force: true });
  }
}

/** What a start that was killed left half made. */
async function removeAbandoned(folder: DataFolder): Promise<void> {
  for (const name of await readdir(folder.root)) {
    const pid = /\.new-(\d+)-/.exec(name)?.[1];
    if (pid === undefined || processIdentity(Number(pid)) !== undefined) continue;
    await rm(join(folder.root, name), { recursive: true, force: true });
  }
}

async function initdb(
  cluster: string,
  password: string,
  binaries: Binaries,
  user: ServerUser | undefined,
): Promise<void> {
  const program = spawnTethered({
    command: binaries.initdb,
    args: [
      ...['-D', cluster, '-U', ROLE, `--pwfile=${password}`, '--auth=scram-sha-256'],
      ...['--encoding=UTF8', '--locale=C', '--set=timezone=UTC', '--set=log_timezone=UTC'],
    ],
    cwd: dirname(cluster),
    env: serverEnvironment(),
    ...(user?.dropped ? { uid: user.uid, gid: user.gid } : {}),
  });
  let said = '';
  program.output.on('data', (chunk) => (said = (said + String(chunk)).slice(-2_000)));
  const code = await program.exited;
  if (code === 0) return;
  throw new ConfigError(
    `initdb could not make a database in ${dirname(cluster)} (exit code ${code}): ${said.trim()}. Check free space and ` +
      'permissions there, or set DATABASE_URL to a PostgreSQL 15 or newer.',
  );
}
