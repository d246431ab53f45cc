import type { PoolClient } from 'pg';
import { inTransaction } from '../in-transaction.ts';
import type { Store } from '../open-store.ts';
import { explained } from '../store-error.ts';
import { appendToCallLog, type EntriesAfter } from './call-log.ts';
import { insertNotices, type NewNotice } from './notice-outbox.ts';

/** A margin call as it is kept: what it is found by, and all of it as JSON (`MarginCall` of libs/calls). */
export interface KeptCall {
  readonly id: string;
  readonly caseId: string;
  readonly venue: string;
  readonly owner: string;
  readonly market: string;
  readonly state: string;
  readonly rung: string | undefined;
  readonly isOpen: boolean;
  /** Unix seconds, as all times here. */
  readonly openedAt: number;
  readonly closedAt: number | undefined;
  readonly closedBlock: number | undefined;
  readonly nextTimerAt: number | undefined;
  readonly content: string;
}

/** A change of a call: the version of it that was read; 0 = it is new. */
export interface CallChange {
  readonly call: KeptCall;
  readonly version: number;
}

export interface StoredCall extends KeptCall {
  readonly version: number;
}

/** Whose calls. */
export interface CallsOf {
  readonly chainId: number;
  /** Name of the policy. */
  readonly policy: string;
}

/** What one decision comes to: calls, entries of the log, and notices, all of it or nothing. */
export interface CallsToKeep extends CallsOf {
  readonly changes: readonly CallChange[];
  readonly entriesAfter: EntriesAfter;
  readonly notices: readonly NewNotice[];
}

/** Somebody else has changed one of the calls since it was read, or opened one for the same account: read them again. */
export class CallsChangedError extends Error {
  override readonly name = 'CallsChangedError';
}

/**
 * Keeps calls, their entries of the log and their notices in one transaction.
 *
 * @throws CallsChangedError where a call is no longer the version that was read; nothing is kept then.
 */
export async function keepCalls(
  store: Store,
  { chainId, policy, changes, ...rest }: CallsToKeep,
): Promise<void> {
  await inTransaction(store, 'keeping margin calls', async (client) => {
    const fresh = changes.filter(({ version }) => version === 0).map(({ call }) => call);
    const known = changes.filter(({ version }) => version !== 0);
    await insertCalls(client, { chainId, policy }, fresh);
    await updateCalls(client, known);
    await appendToCallLog(client, rest.entriesAfter);
    await insertNotices(client, rest.notices);
  });
}

const cellsOf = ({ openedAt, closedAt, nextTimerAt, ...call }: KeptCall) => ({
  ...{ ...call, opened: openedAt, closed: closedAt ?? null, timer: nextTimerAt ?? null },
});

async function insertCalls(
  client: PoolClient,
  { chainId, policy }: CallsOf,
  calls: readonly KeptCall[],
): Promise<void> {
  if (calls.length === 0) return;
  const cells = JSON.stringify(calls.map(cellsOf));
  await client.query(
    `INSERT INTO margin_case (id, chain_id, policy, owner, opened_at)
     SELECT DISTINCT ON ("caseId") "caseId", $1::bigint, $2, owner, to_timestamp(opened)
       FROM json_to_recordset($3) AS given ("caseId" text, owner text, opened double precision)
     ON CONFLICT DO NOTHING`,
    [chainId, policy, cells],
  );
  const { rowCount } = await client.query(
    `INSERT INTO margin_call (id, case_id, chain_id, policy, venue, owner, market, state, rung, is_open, opened_at, closed_at,
       closed_block, next_timer_at, version, content)
     SELECT id, "caseId", $1, $2, venue, owner, market, state, rung, "isOpen", to_timestamp(opened), to_timestamp(closed),
       "closedBlock", to_timestamp(timer), 1, content
     FROM json_to_recordset($3) AS given (id text, "caseId" text, venue text, owner text, market text, state text, rung text,
       "isOpen" boolean, opened double precision, closed double precision, "closedBlock" bigint, timer double precision, content text)
     ON CONFLICT DO NOTHING`,
    [chainId, policy, cells],
  );
  if (rowCount !== calls.length)
    throw new CallsChangedError('another process has opened a margin call of the same account');
}

async function updateCalls(client: PoolClient, changes: readonly CallChange[]): Promise<void> {
  if (changes.length === 0) return;
  const cells = changes.map(({ call, version }) => ({ ...cellsOf(call), version }));
  const { rowCount } = await client.query(
    `UPDATE margin_call SET state = given.state, rung = given.rung, is_open = given."isOpen", closed_at = to_timestamp(closed),
       closed_block = "closedBlock", next_timer_at = to_timestamp(timer), version = given.version + 1, content = given.content
     FROM json_to_recordset($1) AS given (id text, state text, rung text, "isOpen" boolean, closed double precision,
       "closedBlock" bigint, timer double precision, version integer, content text)
     WHERE margin_call.id = given.id AND margin_call.version = given.version`,
    [JSON.stringify(cells)],
  );
  if (rowCount !== changes.length)
    throw new CallsChangedError('another process has changed a margin call since it was read');
}

const COLUMNS = `id, case_id, venue, owner, market, state, rung, is_open, version, content, closed_block,
  extract(epoch FROM opened_at) AS opened, extract(epoch FROM closed_at) AS closed, extract(epoch FROM next_timer_at) AS timer`;

/** Calls that are open, the oldest first. */
export const readOpenCalls = (store: Store, { chainId, policy }: CallsOf): Promise<readonly StoredCall[]> =>
  read(store, `chain_id = $1 AND policy = $2 AND is_open ORDER BY opened_at, id`, [chainId, policy]);

/** Of each account the call that ended last, from a time on. */
export const readEndedCalls = (
  store: Store,
  { chainId, policy, since }: CallsOf & { readonly since: number },
): Promise<readonly StoredCall[]> =>
  read(
    store,
    `id IN (SELECT DISTINCT ON (venue, owner, market) id FROM margin_call
       WHERE chain_id = $1 AND policy = $2 AND NOT is_open AND closed_at >= to_timestamp($3)
       ORDER BY venue, owner, market, closed_at DESC, id) ORDER BY closed_at, id`,
    [chainId, policy, since],
  );

/** Calls with a timer that has come, the longest overdue first; at most so many. */
export const readDueCalls = (
  store: Store,
  { chainId, policy, at, most }: CallsOf & { readonly at: number; readonly most: number },
): Promise<readonly StoredCall[]> =>
  read(
    store,
    `chain_id = $1 AND policy = $2 AND next_timer_at <= to_timestamp($3) ORDER BY next_timer_at, id LIMIT $4`,
    [chainId, policy, at, most],
  );

async function read(store: Store, where: string, values: readonly unknown[]): Promise<readonly StoredCall[]> {
  return explained('reading margin calls', async () => {
    const { rows } = await store.pool.query<CallCells>(`SELECT ${COLUMNS} FROM margin_call WHERE ${where}`, [
      ...values,
    ]);
    return rows.map((cells) => ({
      ...{
        id: cells.id,
        caseId: cells.case_id,
        venue: cells.venue,
        owner: cells.owner,
        market: cells.market,
      },
      ...{ state: cells.state, rung: cells.rung ?? undefined, isOpen: cells.is_open, content: cells.content },
      ...{ version: cells.version, openedAt: Number(cells.opened), closedAt: secondsOf(cells.closed) },
      ...{ closedBlock: secondsOf(cells.closed_block), nextTimerAt: secondsOf(cells.timer) },
    }));
  });
}

const secondsOf = (cell: string | null): number | undefined => (cell === null ? undefined : Number(cell));

interface CallCells {
  readonly id: string;
  readonly case_id: string;
  readonly venue: string;
  readonly owner: string;
  readonly market: string;
  readonly state: string;
  readonly rung: string | null;
  readonly is_open: boolean;
  readonly version: number;
  readonly content: string;
  readonly opened: string;
  readonly closed: string | null;
  readonly closed_block: string | null;
  readonly timer: string | null;
}
