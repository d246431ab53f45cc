import { readFile, rm, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { isRunning, processIdentity } from '@undertow/supervise';
import { ConfigError } from '@undertow/units';

/** File beside a state file that says which anvil writes the chain, and for whom. Both with the time that they began. */
export const pidFile = (stateFile: string) => `${stateFile}.pid`;

interface Holder {
  readonly anvil: string;
  readonly owner: string;
}

/** Notes which anvil, as `processIdentity` gives it, writes a chain for this process. */
export async function noteHolder(stateFile: string, anvil: string): Promise<void> {
  const holder: Holder = { anvil, owner: processIdentity(process.pid) ?? String(process.pid) };
  await writeFile(pidFile(stateFile), JSON.stringify(holder), { mode: 0o600 });
}

/** The anvil has ended as it was told to. */
export const forgetHolder = (stateFile: string) => rm(pidFile(stateFile), { force: true });

/** Time for an anvil to write its chain when it is told to end. */
const END_MS = 120_000;

/**
 * Ends the anvil of a run whose every other process was killed: it would go on, and write its old chain over the new one whenever it
 * ends. Told to end, it writes the chain now, which is then gone on with. Nothing is ended but what a state file names by its process
 * id and the time that it began.
 *
 * @returns whether there was one.
 * @throws ConfigError when the process that started it is still there: the chain is in use.
 */
export async function endOrphan(stateFile: string): Promise<boolean> {
  const holder = await readHolder(stateFile);
  if (holder === undefined || !isRunning(holder.anvil)) return false;
  const pid = Number.parseInt(holder.anvil, 10);
  const owner = Number.parseInt(holder.owner, 10);
  if (owner !== process.pid && isRunning(holder.owner))
    throw new ConfigError(
      `The local chain of ${stateFile} is in use by process ${owner}. Stop that one first.`,
    );
  signal(pid, 'SIGTERM');
  for (let waited = 0; isRunning(holder.anvil); waited += 50) {
    if (waited === END_MS) signal(pid, 'SIGKILL');
    await delay(50);
  }
  await forgetHolder(stateFile);
  return true;
}

async function readHolder(stateFile: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(pidFile(stateFile), 'utf8')) as Holder;
  } catch {
    return undefined; // None, or cut off by a crash.
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended in between.
  }
}
