import type { PoolClient } from 'pg';
import type { Store } from '../open-store.ts';
import { explained } from '../store-error.ts';

/** An entry of the log of margin calls as it is kept; see `LogEntry` of libs/calls. */
export interface StoredEntry {
  readonly seq: number;
  readonly previous: string;
  readonly hash: string;
  readonly kind: string;
  readonly call: string;
  /** Unix seconds. */
  readonly at: number;
  /** What JSON can say. */
  readonly content: unknown;
}

/** The last entry of the log. */
export type StoredHead = Pick<StoredEntry, 'seq' | 'hash'>;

/** Makes the entries that come after a head; undefined = the log is empty. */
export type EntriesAfter = (head: StoredHead | undefined) => readonly StoredEntry[];

/** Entries after one, in their order; at most so many. */
export async function readCallLog(
  store: Store,
  { after, most }: { readonly after: number; readonly most: number },
): Promise<readonly StoredEntry[]> {
  return explained('reading the log of margin calls', async () => {
    const { rows } = await store.pool.query<EntryCells>(
      'SELECT * FROM margin_call_log WHERE seq > $1 ORDER BY seq LIMIT $2',
      [after, most],
    );
    return rows.map(({ seq, at, content, ...rest }) => ({
      ...{ seq: Number(seq), at: Number(at), content: JSON.parse(content) as unknown },
      ...rest,
    }));
  });
}

/** Appends to the log within a transaction, one writer after the other, so that the chain has one end. */
export async function appendToCallLog(client: PoolClient, entriesAfter: EntriesAfter): Promise<void> {
  await client.query(`SELECT pg_advisory_xact_lock(hashtextextended('undertow margin call log', 0))`);
  const { rows } = await client.query<{ seq: string; hash: string }>(
    'SELECT seq, hash FROM margin_call_log ORDER BY seq DESC LIMIT 1',
  );
  const [head] = rows;
  const entries = entriesAfter(head && { seq: Number(head.seq), hash: head.hash });
  if (entries.length === 0) return;
  const cells = entries.map((entry) => ({ ...entry, content: JSON.stringify(entry.content) }));
  await client.query(
    `INSERT INTO margin_call_log (seq, previous, hash, kind, call, at, content)
     SELECT seq, previous, hash, kind, call, at, content FROM json_to_recordset($1)
       AS given (seq bigint, previous text, hash text, kind text, call text, at bigint, content text)`,
    [JSON.stringify(cells)],
  );
}

interface EntryCells {
  readonly seq: string;
  readonly previous: string;
  readonly hash: string;
  readonly kind: string;
  readonly call: string;
  readonly at: string;
  readonly content: string;
}
