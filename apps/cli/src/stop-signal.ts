import { constants } from 'node:os';

/** Repeats of a signal within this time are one: npm and the terminal both pass on one Ctrl-C. */
const SAME_REQUEST_MS = 1_000;

/** As shells say that a program was ended by Ctrl-C. */
export const INTERRUPTED = 128 + constants.signals.SIGINT;

/**
 * Aborts at the first SIGINT, SIGTERM or SIGHUP, or when the process that started us is gone. A second request
 * exits at once: the children are tethered and follow.
 */
export function stopSignal(): AbortSignal {
  const stopping = new AbortController();
  let first: number | undefined;
  const stop = (): void => {
    first ??= performance.now();
    stopping.abort();
  };
  const ask = (code: number): void => {
    if (first !== undefined && performance.now() - first > SAME_REQUEST_MS) process.exit(code);
    stop();
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(name, () => ask(128 + constants.signals[name]));
  if (process.channel) {
    process.on('disconnect', stop);
    process.channel.unref();
  }
  // A reader that closes its end (`undertow … | head`) asks us to stop too.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', stop);
  return stopping.signal;
}
