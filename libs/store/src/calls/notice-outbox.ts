import type { PoolClient } from 'pg';
import type { Store } from '../open-store.ts';
import { explained } from '../store-error.ts';

/** Something to be sent to a target by a channel, once for its key. */
export interface NewNotice {
  /** The receiver knows by it what he has had already. */
  readonly key: string;
  readonly call: string;
  readonly channel: string;
  /** Name of a target in the configuration. */
  readonly target: string;
  readonly body: string;
  /** Unix seconds, as all times here. */
  readonly createdAt: number;
  readonly notBefore: number;
}

export type NoticeState = 'waiting' | 'sent' | 'dead';

export interface StoredNotice extends Omit<NewNotice, 'notBefore'> {
  readonly state: NoticeState;
  /** Those that have begun, this one too. */
  readonly attempts: number;
  readonly nextAttemptAt: number;
  readonly sentAt: number | undefined;
  readonly lastError: string | undefined;
}

/** Puts notices into the outbox within a transaction; one that is there already stays as it is. */
export async function insertNotices(client: PoolClient, notices: readonly NewNotice[]): Promise<void> {
  if (notices.length === 0) return;
  await client.query(
    `INSERT INTO notice_outbox (key, call, channel, target, body, state, created_at, next_attempt_at)
     SELECT key, call, channel, target, body, 'waiting', to_timestamp("createdAt"), to_timestamp("notBefore")
     FROM json_to_recordset($1) AS given (key text, call text, channel text, target text, body text,
       "createdAt" double precision, "notBefore" double precision)
     ON CONFLICT DO NOTHING`,
    [JSON.stringify(notices)],
  );
}

/**
 * Takes notices whose time has come, the oldest first. Until the lease is over nobody else gets them: whoever is killed while he sends has them sent
 * again by another, with the same key.
 */
export async function takeNotices(
  store: Store,
  { at, leaseSeconds, most }: { readonly at: number; readonly leaseSeconds: number; readonly most: number },
): Promise<readonly StoredNotice[]> {
  return explained('taking notices', async () => {
    const { rows } = await store.pool.query<NoticeCells>(
      `UPDATE notice_outbox SET attempts = attempts + 1, next_attempt_at = to_timestamp($1::double precision + $2)
       WHERE key IN (SELECT key FROM notice_outbox WHERE state = 'waiting' AND next_attempt_at <= to_timestamp($1)
         ORDER BY next_attempt_at, key LIMIT $3 FOR UPDATE SKIP LOCKED)
       RETURNING ${COLUMNS}`,
      [at, leaseSeconds, most],
    );
    return rows.map(noticeOf).sort((a, b) => a.createdAt - b.createdAt || (a.key < b.key ? -1 : 1));
  });
}

/** What came of an attempt. */
export type NoticeOutcome =
  | { readonly key: string; readonly sentAt: number }
  /** Without a next attempt it is a dead letter. */
  | { readonly key: string; readonly error: string; readonly nextAttemptAt: number | undefined };

/** Notes what came of attempts. A notice that is sent stays sent, whatever a slower attempt says. */
export async function settleNotices(store: Store, outcomes: readonly NoticeOutcome[]): Promise<void> {
  if (outcomes.length === 0) return;
  const cells = outcomes.map((one) => ({
    key: one.key,
    sent: 'sentAt' in one ? one.sentAt : null,
    error: 'error' in one ? one.error : null,
    next: 'error' in one ? (one.nextAttemptAt ?? null) : null,
  }));
  await explained('noting what became of notices', async () => {
    await store.pool.query(
      `UPDATE notice_outbox SET
         state = CASE WHEN sent IS NOT NULL THEN 'sent' WHEN next IS NULL THEN 'dead' ELSE 'waiting' END,
         sent_at = to_timestamp(sent), last_error = error, next_attempt_at = coalesce(to_timestamp(next), next_attempt_at)
       FROM json_to_recordset($1) AS given (key text, sent double precision, error text, next double precision)
       WHERE notice_outbox.key = given.key AND state <> 'sent'`,
      [JSON.stringify(cells)],
    );
  });
}

/** Notices, the oldest first; at most so many. */
export async function readNotices(
  store: Store,
  { state, call, most }: { readonly state?: NoticeState; readonly call?: string; readonly most: number },
): Promise<readonly StoredNotice[]> {
  return explained('reading notices', async () => {
    const { rows } = await store.pool.query<NoticeCells>(
      `SELECT ${COLUMNS} FROM notice_outbox WHERE ($1::text IS NULL OR state = $1) AND ($2::text IS NULL OR call = $2)
       ORDER BY created_at, key LIMIT $3`,
      [state ?? null, call ?? null, most],
    );
    return rows.map(noticeOf);
  });
}

/** Sends dead letters again, under their old keys; gives how many there were. */
export async function reviveNotices(store: Store, at: number): Promise<number> {
  return explained('reviving notices', async () => {
    const { rowCount } = await store.pool.query(
      `UPDATE notice_outbox SET state = 'waiting', attempts = 0, next_attempt_at = to_timestamp($1) WHERE state = 'dead'`,
      [at],
    );
    return rowCount ?? 0;
  });
}

const COLUMNS = `key, call, channel, target, body, state, attempts, last_error, extract(epoch FROM created_at) AS created,
  extract(epoch FROM next_attempt_at) AS next, extract(epoch FROM sent_at) AS sent`;

interface NoticeCells {
  readonly key: string;
  readonly call: string;
  readonly channel: string;
  readonly target: string;
  readonly body: string;
  readonly state: NoticeState;
  readonly attempts: number;
  readonly last_error: string | null;
  readonly created: string;
  readonly next: string;
  readonly sent: string | null;
}

const noticeOf = ({ created, next, sent, last_error: lastError, ...cells }: NoticeCells): StoredNotice => ({
  ...cells,
  createdAt: Number(created),
  nextAttemptAt: Number(next),
  sentAt: sent === null ? undefined : Number(sent),
  lastError: lastError ?? undefined,
});
