import type { Store } from './open-store.ts';
import { explained } from './store-error.ts';

/** Where a feed is asked for its answer. */
export interface AnswerAt {
  readonly feed: string;
  readonly block: number;
  readonly logIndex: number;
  /** Of the block, unix seconds. */
  readonly time: number;
}

/** The newest answer of a feed, raw, that stands at or before a log, for each that is wanted; undefined where there is none. */
export async function readAnswersAt(
  store: Store,
  chainId: number,
  wanted: readonly AnswerAt[],
): Promise<readonly (bigint | undefined)[]> {
  if (wanted.length === 0) return [];
  return explained('reading answers of feeds', async () => {
    // The time is a condition of its own so that the index by feed and time has the order.
    const { rows } = await store.pool.query<{ answer: string | null }>(
      `SELECT (SELECT answer::text FROM price_posted
           WHERE chain_id = $1 AND feed = wanted.feed AND time <= to_timestamp(wanted.time)
             AND (block, log_index) <= (wanted.block, wanted.log_index)
           ORDER BY time DESC, block DESC, log_index DESC, part DESC LIMIT 1) AS answer
       FROM unnest($2::text[], $3::bigint[], $4::integer[], $5::bigint[]) WITH ORDINALITY
         AS wanted (feed, block, log_index, time, place)
       ORDER BY wanted.place`,
      [
        chainId,
        wanted.map(({ feed }) => feed),
        wanted.map(({ block }) => block),
        wanted.map(({ logIndex }) => logIndex),
        wanted.map(({ time }) => time),
      ],
    );
    return rows.map(({ answer }) => (answer === null ? undefined : BigInt(answer)));
  });
}
