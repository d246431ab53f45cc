import {
  settleNotices,
  takeNotices,
  type NoticeOutcome,
  type Store,
  type StoredNotice,
} from '@undertow/store';
import { sendWebhook, type Resolve } from './send-webhook.ts';
import type { Target } from './targets.ts';

/** How the outbox is sent. */
export interface Sending {
  readonly targets: readonly Target[];
  /** Unix seconds; asked for at every attempt. */
  readonly now: () => number;
  readonly resolve?: Resolve;
  readonly signal?: AbortSignal;
}

/** Notices under way at a time. */
const MOST_AT_ONCE = 32;
/** Longer than an attempt takes: after that whoever took a notice is taken to be gone. */
const LEASE_SECONDS = 60;
/** Seconds to the second attempt; each later one waits twice as long, up to an hour. */
const FIRST_WAIT_SECONDS = 5;
const LONGEST_WAIT_SECONDS = 3_600;
/** So many attempts take four and a half hours; then a notice is a dead letter. */
export const MOST_ATTEMPTS = 14;

/** Seconds until the next attempt after some; undefined = there is none. */
export function waitAfter(attempts: number): number | undefined {
  if (attempts >= MOST_ATTEMPTS) return undefined;
  return Math.min(FIRST_WAIT_SECONDS * 2 ** (attempts - 1), LONGEST_WAIT_SECONDS);
}

/**
 * Sends what of the outbox is due, and notes what came of it; gives how many notices were tried. At least once: a process that is killed between sending
 * and noting has a notice sent again, with the same key. Any number of processes may do it at the same time.
 */
export async function sendNotices(store: Store, sending: Sending): Promise<number> {
  const { now, signal } = sending;
  let tried = 0;
  while (signal?.aborted !== true) {
    const taken = await takeNotices(store, { at: now(), leaseSeconds: LEASE_SECONDS, most: MOST_AT_ONCE });
    if (taken.length === 0) return tried;
    tried += taken.length;
    await settleNotices(store, await Promise.all(taken.map((notice) => outcomeOf(notice, sending))));
  }
  return tried;
}

async function outcomeOf(
  notice: StoredNotice,
  { targets, now, resolve, signal }: Sending,
): Promise<NoticeOutcome> {
  const { key, body, attempts } = notice;
  const target = targets.find(({ name }) => name === notice.target);
  if (!target)
    return { key, error: `there is no target "${notice.target}" any more`, nextAttemptAt: undefined };
  const sent = await sendWebhook(
    target,
    { key, body },
    { at: now(), ...(resolve && { resolve }), ...(signal && { signal }) },
  );
  if (sent.isSent) return { key, sentAt: now() };
  const wait = sent.isFinal ? undefined : waitAfter(attempts);
  return { key, error: sent.error, nextAttemptAt: wait === undefined ? undefined : now() + wait };
}
