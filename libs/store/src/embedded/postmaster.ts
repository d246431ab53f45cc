import { readFile, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isRunning, processIdentity } from '@undertow/supervise';
import { ConfigError } from '@undertow/units';
import type { DataFolder } from './data-folder.ts';
import { workingFolder } from './working-folder.ts';

/** A running server, as its own `postmaster.pid` tells. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

/** The server that runs on a data folder; `undefined` when none does, even if a dead one left its pid file. */
export async function findPostmaster(folder: DataFolder): Promise<Postmaster | undefined> {
  const named = await readPidFile(folder);
  return named && (await isPostmaster(named, folder)) ? named : undefined;
}

/**
 * Waits until no server runs on the folder. One whose owner lives is in use; one whose owner was killed is on its
 * way out (the tether ends it), and is asked to go if the tether was killed as well. `isOwn`: this process ran it, and it has ended or is about to.
 */
export async function awaitFree(folder: DataFolder, { isOwn = false } = {}): Promise<void> {
  for (let waited = 0; ; waited += 50) {
    const named = await readPidFile(folder);
    if (!named || processIdentity(named.pid) === undefined) return;
    if (!(await isPostmaster(named, folder))) {
      // A dead server's number was given to another process, as happens in containers. PostgreSQL itself would take
      // that one for a live server.
      await rm(pidFile(folder), { force: true });
      return;
    }
    const owner = (await readFile(folder.owner, 'utf8').catch(() => '')).trim();
    if (!isOwn && owner && isRunning(owner)) throw inUse(folder, Number.parseInt(owner, 10));
    if (waited === 5_000) process.kill(named.pid, 'SIGINT');
    if (waited >= 20_000) throw inUse(folder, named.pid);
    await delay(50);
  }
}

/** What to say when the folder is taken. */
export function inUse(folder: DataFolder, pid: number): ConfigError {
  return new ConfigError(
    `The data folder ${folder.root} is in use by process ${pid}: another Undertow runs on it. Stop that one, or ` +
      'choose another data folder.',
  );
}

function pidFile(folder: DataFolder): string {
  return join(folder.cluster, 'postmaster.pid');
}

async function readPidFile(folder: DataFolder): Promise<Postmaster | undefined> {
  const lines = (await readFile(pidFile(folder), 'utf8').catch(() => '')).split('\n');
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  return pid > 0 ? { pid, port } : undefined;
}

/** A live process that works in the cluster's folder, as a server does; where the system does not tell, any live one. */
async function isPostmaster({ pid }: Postmaster, folder: DataFolder): Promise<boolean> {
  if (processIdentity(pid) === undefined) return false;
  const at = workingFolder(pid);
  return at === undefined || at === (await realpath(folder.cluster));
}
