import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, readdir, readFile, realpath, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { ConfigError } from '@undertow/units';
import { noteOrigin, removeAbandonedData } from './abandoned.ts';
import { makeFolder } from './make-folder.ts';
import { reachable, SHARED_STATE } from './reachable.ts';
import type { ServerUser } from './server-user.ts';

/** What lies in a data folder. */
export interface DataFolder {
  readonly root: string;
  /** PostgreSQL's own folder. */
  readonly cluster: string;
  /** Password of the server's own role, inside of the cluster so that both come and go as one. Whoever can read it could read the tables' files as well. */
  readonly password: string;
  /** Identity of the process that started the server last. */
  readonly owner: string;
}

/** Name of the file that says where the data is, when it is not where it was asked to be. */
const ELSEWHERE = 'elsewhere';

/**
 * Makes the data folder if need be, and gives it to the server's user.
 *
 * A stepped-down server cannot enter a folder below root's private ones (such as `/root`). Its data then lives under
 * `/var/lib/undertow`, the place for state that outlives a restart (a temp folder may be emptied), and the folder
 * asked for holds one file, `elsewhere`, with the path: deleting that folder means starting
 * afresh, and the data it led to goes with the next move.
 */
export async function openDataFolder(
  dataDir: string,
  user: ServerUser | undefined,
  onProgress: (message: string) => void = () => {},
): Promise<DataFolder> {
  try {
    makeFolder(dataDir);
    const asked = await realpath(dataDir);
    if (!user?.dropped) return await privateFolder(asked, user);
    const moved = await elsewhere(asked);
    if (moved !== undefined) return await privateFolder(moved, user);
    if (await reachable(dirname(asked), user)) return await privateFolder(asked, user);
    await removeAbandonedData(SHARED_STATE, ELSEWHERE);
    const place = join(SHARED_STATE, `data-${randomBytes(6).toString('hex')}`);
    onProgress(`PostgreSQL cannot run as root and its user cannot enter ${asked}; the data goes to ${place}`);
    // The way there first: data that nothing leads to counts as abandoned.
    await writeFile(join(asked, ELSEWHERE), `${place}\n`);
    const folder = await privateFolder(place, user);
    await noteOrigin(place, asked);
    return folder;
  } catch (cause) {
    throw new ConfigError(
      `The data folder ${dataDir} cannot be used: ${(cause as Error).message}. Choose an empty folder ` +
        'that you can write to, or set DATABASE_URL to a PostgreSQL 15 or newer.',
      { cause },
    );
  }
}

/** The data folder where it really is, without making anything. */
export async function locateDataFolder(dataDir: string): Promise<DataFolder> {
  const asked = await realpath(dataDir).catch(() => resolve(dataDir));
  return folderAt((await elsewhere(asked)) ?? asked);
}

/** Only a place that we would choose: whoever wrote the file must not make root give away a folder of others. */
async function elsewhere(asked: string): Promise<string | undefined> {
  const place = (await readFile(join(asked, ELSEWHERE), 'utf8').catch(() => '')).trim();
  return dirname(place) === SHARED_STATE && basename(place).startsWith('data-') ? place : undefined;
}

async function privateFolder(root: string, user: ServerUser | undefined): Promise<DataFolder> {
  await mkdir(root, { recursive: true, mode: 0o755 });
  const foreign = (await readdir(root)).find(
    (name) => !/^(cluster|owner|origin|(cluster|password)\.new-.*)$/.test(name),
  );
  if (foreign !== undefined) throw new Error(`it holds other things already, such as ${foreign}`);
  await chmod(root, 0o700);
  if (user?.dropped) {
    await chown(root, user.uid, user.gid);
    if (!(await reachable(root, user))) throw new Error(`user ${user.uid} may not enter it`);
  }
  return folderAt(root);
}

function folderAt(root: string): DataFolder {
  return {
    root,
    cluster: join(root, 'cluster'),
    password: join(root, 'cluster', 'undertow.password'),
    owner: join(root, 'owner'),
  };
}
