import type { EventEmitter } from 'node:events';
import { leftError } from './errors.ts';

/** Is aborted when a response or a socket closes: nobody waits for what is still being computed for it. */
export function untilClosed(closing: Pick<EventEmitter, 'once'>): AbortSignal {
  const closed = new AbortController();
  closing.once('close', () => closed.abort(leftError()));
  return closed.signal;
}
