import type { Fact, FactKey } from '@undertow/market';
import fc from 'fast-check';
import { fromFacts, KEPT_KINDS } from './kept-series.ts';
import { openTestDatabase, type TestDatabase } from '../fixtures/test-database.ts';
import {
  feedTruth,
  legTruth,
  liquidationTruth,
  poolTruth,
  rayTruth,
  totalsTruth,
} from '../fixtures/series-truth.ts';
import {
  forgetChain,
  migrate,
  openStore,
  readFeedSeries,
  readIndexSeries,
  readLegSeries,
  readLiquidationSeries,
  readPoolSeries,
  revertTo,
  rollUp,
  STEPS,
  writeFacts,
  type Store,
} from '../index.ts';

// Runs on plain PostgreSQL and, where UNDERTOW_TEST_DATABASE_URL names one, on TimescaleDB: what JavaScript computes from the
// facts is what both must give.

let database: TestDatabase;
let store: Store;
const CHAIN = 7;

beforeAll(async () => {
  database = await openTestDatabase();
  store = await openStore(database.connectionString);
  await migrate(store);
});

afterAll(async () => {
  await store?.close();
  await database?.close();
});

/** A Monday, 00:00 UTC, years before the server's clock. */
const MONDAY = 1_704_067_200;
/** Two hours: a hundred blocks are more than eight days. */
const BLOCK_SECONDS = 7_219;
const timeOf = (block: number) => MONDAY + block * BLOCK_SECONDS;

const two = (name: string) => fc.constantFrom(`${name}1`, `${name}2`);
const amount = fc.bigInt(-(10n ** 30n), 10n ** 30n);
const positive = fc.bigInt(1n, 2n ** 120n);
const said = fc.oneof(
  fc.record({
    kind: fc.constant('PricePosted' as const),
    feed: two('feed'),
    answer: amount,
    round: positive,
    updatedAt: fc.nat(),
  }),
  fc.record({
    kind: fc.constant('LiquidityChanged' as const),
    pool: fc.constantFrom('0x0a' as const, '0x0b' as const),
    change: fc.oneof(
      fc.record({
        form: fc.constant('price' as const),
        sqrtPriceX96: positive,
        tick: fc.nat(9),
        liquidity: positive,
      }),
      fc.record({
        form: fc.constant('range' as const),
        lowerTick: fc.nat(9),
        upperTick: fc.nat(9),
        liquidityDelta: amount,
      }),
    ),
  }),
  fc.record({
    ...{ kind: fc.constant('IndexAccrued' as const), venue: fc.constant('v'), market: two('m') },
    accrual: fc.oneof(
      fc.record({
        ...{
          form: fc.constant('ray' as const),
          side: fc.constantFrom('debt' as const, 'collateral' as const),
        },
        ...{ indexRay: positive, ratePerYearRay: positive },
      }),
      fc.record({ form: fc.constant('rayAccrued' as const) }),
      fc.record({
        ...{
          form: fc.constant('totals' as const),
          side: fc.constantFrom('debt' as const, 'supply' as const),
        },
        ...{ assetsDelta: amount, sharesDelta: amount, accrued: fc.boolean() },
      }),
    ),
  }),
  fc.record({
    ...{ kind: fc.constant('LegChanged' as const), venue: two('v'), market: two('m'), sharesDelta: amount },
    ...{
      owner: fc.constantFrom('0x01' as const, '0x02' as const),
      side: fc.constantFrom('debt' as const, 'collateral' as const),
    },
  }),
  fc.record({
    ...{ kind: fc.constant('Liquidated' as const), venue: two('v'), market: two('m') },
    ...{ owner: fc.constant('0x01' as const), liquidator: fc.constant('0x09' as const) },
    ...{
      collateralAsset: fc.constantFrom('0x0c' as const, '0x0d' as const),
      debtAsset: fc.constant('0x0e' as const),
    },
    ...{ repaid: positive, seized: positive, badDebt: positive },
  }),
);

/** Facts of blocks in a range, in order, several in one step among them. */
const factsOf = (least: number, most: number) =>
  fc
    .uniqueArray(fc.tuple(fc.integer({ min: least, max: most }), fc.nat(2), said), {
      maxLength: 60,
      selector: ([block, logIndex]) => `${block} ${logIndex}`,
    })
    .map((items) =>
      items
        .sort(([a, x], [b, y]) => a - b || x - y)
        .map(([block, logIndex, rest]): Fact => {
          const key: FactKey = { chainId: CHAIN, block, logIndex, part: 0, time: timeOf(block) };
          return { ...key, ...rest };
        }),
    );

const write = (facts: readonly Fact[], block: number) =>
  writeFacts(store, {
    ...{ chainId: CHAIN, facts, blocks: [] },
    checkpoint: { block, hash: '0x01', time: timeOf(block) },
  });

/** Every series of every kind, as it is read and as it must be. */
async function compare(facts: readonly Fact[], from: number, to: number): Promise<void> {
  for (const step of STEPS) {
    const wanted = { chainId: CHAIN, from, to, step };
    for (const feed of ['feed1', 'feed2']) {
      const asked = { ...wanted, feed, decimals: 8 };
      expect((await readFeedSeries(store, asked)).points).toEqual(feedTruth(facts, asked));
    }
    const pool = { ...wanted, pool: '0x0a', decimals0: 18, decimals1: 6 };
    expect((await readPoolSeries(store, pool)).points).toEqual(poolTruth(facts, pool));
    for (const side of ['collateral', 'debt'] as const) {
      const asked = { ...wanted, venue: 'v', market: 'm1', side };
      const rays = rayTruth(facts, asked);
      const totals = totalsTruth(facts, { ...asked, side: side === 'collateral' ? 'supply' : side });
      expect((await readIndexSeries(store, asked)).points).toEqual(rays.length > 0 ? rays : totals);
    }
    const owner = { ...wanted, owner: '0x01' };
    expect((await readLegSeries(store, owner)).points).toEqual(legTruth(facts, owner));
    expect((await readLiquidationSeries(store, wanted)).points).toEqual(liquidationTruth(facts, wanted));
  }
}

describe('series', () => {
  it('are what the facts say, whatever is kept, after going back and writing late', async () => {
    let days = 0;
    await fc.assert(
      fc.asyncProperty(
        ...[factsOf(0, 59), factsOf(0, 59), factsOf(30, 99)],
        ...[fc.integer({ min: 20, max: 59 }), fc.nat(99), fc.nat(60)],
        async (early, late, again, back, from, blocks) => {
          await forgetChain(store, CHAIN);
          const range: [number, number] = [timeOf(from) - 1_000, timeOf(from + blocks) + 500];
          await write(early, 59);
          days += await rollUp(store, CHAIN);
          await compare(early, ...range);
          // Facts of old blocks that were found later, at other places.
          const found = late.map((fact) => ({ ...fact, logIndex: fact.logIndex + 10 }));
          await write(found, 59);
          const both = [...early, ...found].sort((a, b) => a.block - b.block || a.logIndex - b.logIndex);
          await compare(both, ...range);
          await rollUp(store, CHAIN);
          await compare(both, ...range);
          await revertTo(store, CHAIN, back);
          const kept = both.filter(({ block }) => block <= back);
          await compare(kept, ...range);
          const other = again.filter(({ block }) => block > back);
          await write(other, 99);
          await compare([...kept, ...other], ...range);
          await rollUp(store, CHAIN);
          await compare([...kept, ...other], ...range);
        },
      ),
      { numRuns: 15 },
    );
    expect(days).toBeGreaterThan(0);
  });

  const FEED = { chainId: CHAIN, feed: 'feed1', decimals: 2 };
  const price = (block: number, time: number, answer: bigint): Fact => ({
    ...{ kind: 'PricePosted', chainId: CHAIN, block, logIndex: 0, part: 0, time },
    ...{ feed: 'feed1', answer, round: 1n, updatedAt: time },
  });

  it('come in parts that go on from each other, filled where asked', async () => {
    await forgetChain(store, CHAIN);
    const minutes = [0, 1, 5, 5_000, 5_002, 9_000];
    const facts = minutes.map((minute, block) =>
      price(block, MONDAY + 60 * minute + 7, BigInt(block + 1) * 100n),
    );
    await writeFacts(store, {
      ...{ chainId: CHAIN, facts, blocks: [] },
      checkpoint: { block: 9, hash: '0x01', time: MONDAY + 60 * 9_001 },
    });
    expect(await rollUp(store, CHAIN)).toBe(5);
    const seen = [];
    let from: number | undefined = MONDAY;
    while (from !== undefined) {
      const asked = { ...FEED, from, to: MONDAY + 864_000, step: 'minute', most: 2 } as const;
      const part: Awaited<ReturnType<typeof readFeedSeries>> = await readFeedSeries(store, asked);
      expect(part.points.length).toBeLessThanOrEqual(2);
      seen.push(...part.points.map(({ time, close }) => [(time - MONDAY) / 60, close]));
      from = part.next;
    }
    expect(seen).toEqual(minutes.map((minute, block) => [minute, block + 1]));
    const hour = { ...FEED, from: MONDAY + 3_600, to: MONDAY + 86_400, step: 'hour', fill: true } as const;
    const filled = await readFeedSeries(store, hour);
    expect(filled).toEqual({
      points: Array.from({ length: 23 }, (_, place) => ({
        ...{ time: MONDAY + 3_600 * (place + 1), open: 3, high: 3, low: 3, close: 3, answers: 0 },
      })),
      next: undefined,
    });
    const fresh = {
      ...FEED,
      from: MONDAY + 60 * 8_998,
      to: MONDAY + 60 * 9_002,
      step: 'minute',
      fill: true,
    } as const;
    expect((await readFeedSeries(store, fresh)).points.map(({ close, answers }) => [close, answers])).toEqual(
      [
        ...[
          [5, 0],
          [5, 0],
          [6, 1],
          [6, 0],
        ],
      ],
    );
    expect(await readFeedSeries(store, { ...fresh, most: 3 })).toMatchObject({ next: MONDAY + 60 * 9_001 });
  });

  it('find their facts by the index of what they are of: the planner sees through the functions', async () => {
    for (const { name, key } of Object.values(KEPT_KINDS)) {
      const facts = fromFacts(name, 'hour', { since: 'greatest(now(), rolled_until)', before: 'now()' });
      const { rows } = await store.pool.query<{ 'QUERY PLAN': string }>(
        `EXPLAIN SELECT bucket FROM ${facts.replace('$1', String(CHAIN))} AND ${key.map((column) => `${column} = 'x'`).join(' AND ')}`,
      );
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
      expect(plan).not.toContain('Function Scan');
      // The function's own query is part of the plan.
      expect(plan).toContain('date_bin');
    }
  });

  it('say what cannot be asked', async () => {
    const asked = { ...FEED, from: MONDAY, to: MONDAY, step: 'hour' } as const;
    await expect(readFeedSeries(store, asked)).rejects.toThrow(/is empty: the end must come after the start/);
    await expect(readFeedSeries(store, { ...asked, to: NaN })).rejects.toThrow(/NaN is not a time/);
    await expect(readFeedSeries(store, { ...asked, to: MONDAY + 1, most: 20_001 })).rejects.toThrow(
      /ask for 1 to 20000/,
    );
  });
});
