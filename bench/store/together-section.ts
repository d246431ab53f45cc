import {
  keepHouse,
  openStore,
  readFacts,
  readFeedSeries,
  revertTo,
  rollUp,
  startOf,
  writeFacts,
  type Store,
} from '@undertow/store';
import type { Row } from '../report.ts';
import { MadeHistory, timeOf } from './generate-facts.ts';
import { row, type Section } from './section.ts';

const SECONDS = Number(process.env['TOGETHER_SECONDS'] ?? 60);
const DAY_BLOCKS = 7_200;
/** Facts of the history that it is done to. */
const MOST_FACTS = 200_000;

/**
 * For a minute a chain goes back and on by other blocks, now a little and now by weeks, into what is compressed and aggregated, while the
 * house is kept without a pause and others read. Fails when anything fails or what is read in the end is not what the facts say.
 */
export const togetherSection: Section = async (place) => {
  const made = new MadeHistory({
    ...place.made.history,
    facts: Math.min(MOST_FACTS, place.made.history.facts),
  });
  const store = await openStore(await place.addDatabase());
  try {
    for (const range of made.ranges()) await writeFacts(store, range);
    const until = performance.now() + SECONDS * 1_000;
    const { chainId } = made.history;
    let [isOver, longest, reads, kept] = [false, 0, 0, 0];
    const read = async (look: () => Promise<unknown>) => {
      while (!isOver) {
        const started = performance.now();
        await look();
        longest = Math.max(longest, performance.now() - started);
        reads++;
      }
    };
    const keep = async () => {
      while (!isOver) {
        await keepHouse(store, chainId, 64);
        kept++;
      }
    };
    const change = goBackAndOn(store, made, until).finally(() => (isOver = true));
    const [reverts] = await Promise.all([
      change,
      keep(),
      read(() =>
        readFeedSeries(store, { chainId, feed: 'feed-0', decimals: 8, ...whole(made), step: 'hour' }),
      ),
      read(() =>
        store.pool.query('SELECT count(*) FROM leg_changed WHERE chain_id = $1 AND block > $2', [
          chainId,
          made.lastBlock - 10,
        ]),
      ),
    ]);
    await checkTruth(store, made);
    return [
      row(
        place,
        `longest of ${reads} reads beside ${reverts} reverts and ${kept} rounds of house-keeping`,
        'ms',
        longest,
        '< 1,000',
      ),
    ] satisfies Row[];
  } finally {
    await store.close();
  }
};

async function goBackAndOn(store: Store, made: MadeHistory, until: number): Promise<number> {
  const { chainId } = made.history;
  let reverts = 0;
  while (performance.now() < until) {
    const depth = reverts % 4 === 3 ? 20 * DAY_BLOCKS : 1 + (reverts % 50);
    const to = made.lastBlock - depth;
    await revertTo(store, chainId, to);
    reverts++;
    // Of weeks one block in fifty says something: it is about going back, not about how much comes after it.
    await writeFacts(store, made.blocks(to + 1, made.lastBlock, reverts, depth > DAY_BLOCKS ? 50 : 1));
  }
  return reverts;
}

const whole = (made: MadeHistory) => ({ from: timeOf(0), to: timeOf(made.lastBlock) + 1 });

/** What is read of every hour of a feed must be what the facts say, kept and fresh. */
async function checkTruth(store: Store, made: MadeHistory): Promise<void> {
  const { chainId } = made.history;
  await rollUp(store, chainId);
  const closes = new Map<number, number>();
  for await (const facts of readFacts(store, chainId, { upTo: made.lastBlock, kinds: ['PricePosted'] })) {
    for (const fact of facts)
      if (fact.kind === 'PricePosted' && fact.feed === 'feed-0')
        closes.set(startOf(fact.time, 'hour'), Number(fact.answer) / 1e8);
  }
  const { points } = await readFeedSeries(store, {
    ...{ chainId, feed: 'feed-0', decimals: 8, ...whole(made), step: 'hour' },
  });
  const wrong = points.find(({ time, close }) => closes.get(time) !== close);
  if (wrong || points.length !== closes.size)
    throw new Error(
      `aggregates are not what the facts say: ${points.length} of ${closes.size} hours, ${JSON.stringify(wrong)}`,
    );
}
