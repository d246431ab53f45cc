import type { Store } from '../open-store.ts';
import { explained } from '../store-error.ts';
import { atDecimals } from './decimals.ts';

/** One answer of a feed. */
export interface SaidAnswer {
  /** Of its block, unix seconds. */
  readonly time: number;
  /** In whole units; zero or less is no price. */
  readonly price: number;
}

/** Whose answers, up to when, and how many at most. */
export interface AnswersWanted {
  readonly chainId: number;
  readonly feeds: readonly { readonly id: string; readonly decimals: number }[];
  /** Answers of later blocks are left out. */
  readonly toBlock: number;
  /** Time of that block, unix seconds. */
  readonly to: number;
  /** Of each feed. */
  readonly most: number;
}

/** The newest answers of each feed up to a block, in order of time; a feed that never answered has an empty list. */
export async function readNewestAnswers(
  store: Store,
  { chainId, feeds, toBlock, to, most }: AnswersWanted,
): Promise<ReadonlyMap<string, readonly SaidAnswer[]>> {
  const answers = new Map<string, SaidAnswer[]>(feeds.map(({ id }) => [id, []]));
  if (feeds.length === 0) return answers;
  const decimalsOf = new Map(feeds.map(({ id, decimals }) => [id, decimals]));
  return explained('reading answers of feeds', async () => {
    const { rows } = await store.pool.query<[feed: string, time: string, answer: string]>({
      text: `SELECT wanted.feed, extract(epoch FROM said.time)::bigint, said.answer::text
        FROM unnest($2::text[]) WITH ORDINALITY AS wanted (feed, place)
        CROSS JOIN LATERAL (
          SELECT time, block, log_index, part, answer FROM price_posted
          WHERE chain_id = $1 AND feed = wanted.feed AND time <= to_timestamp($3) AND block <= $4
          ORDER BY time DESC, block DESC, log_index DESC, part DESC LIMIT $5) AS said
        ORDER BY wanted.place, said.time, said.block, said.log_index, said.part`,
      values: [chainId, feeds.map(({ id }) => id), to, toBlock, most],
      rowMode: 'array',
    });
    for (const [feed, time, answer] of rows)
      answers.get(feed)!.push({ time: Number(time), price: atDecimals(answer, decimalsOf.get(feed)!) });
    return answers;
  });
}
