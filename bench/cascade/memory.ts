import { freemem } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Bytes that this thread holds after a collection: objects, and buffers of typed arrays. */
export interface Held {
  readonly heap: number;
  readonly buffers: number;
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

export function held(): Held {
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return { heap: heapUsed, buffers: arrayBuffers };
}

/** What is held more than before, megabytes of ten to the sixth. */
export const grown = (before: Held, now: Held): Held => ({
  heap: (now.heap - before.heap) / 1e6,
  buffers: (now.buffers - before.buffers) / 1e6,
});

/** What an account takes at most while a book is made, measured and shared by two threads. */
const BYTES_PER_ACCOUNT = 5_000;

/** @throws Error when this machine has less memory free than a book of some accounts needs. */
export function needMemoryFor(accounts: number): void {
  const needed = accounts * BYTES_PER_ACCOUNT;
  if (freemem() >= needed) return;
  const gb = (bytes: number) => (bytes / 1e9).toFixed(1);
  throw new Error(
    `${accounts.toLocaleString('en')} accounts need about ${gb(needed)} GB of memory, of which ${gb(freemem())} GB are free: name smaller sizes by ACCOUNTS`,
  );
}
