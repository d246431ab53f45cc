import fc from 'fast-check';
import { fundingAt, fundingPaymentWad } from './funding.ts';
import { emptyPerpetualGrowth, foldPerpetualGrowth, type PerpetualGrowth } from './growth.ts';
import { indexPriceWad, markPriceWad } from './mark-price.ts';
import { poolSqrtPriceX96 } from './pool-average.ts';
import { foldPerpetual, type PerpetualPosition } from './position.ts';
import { sqrtPriceX96AtTick } from '../pool/tick-math.ts';

const WAD = 10n ** 18n;

/** A pool that stood at ticks from times on. */
const poolAt = (...steps: readonly (readonly [time: number, tick: number])[]): PerpetualGrowth =>
  steps.reduce<PerpetualGrowth>(
    (growth, [time, tick], i) =>
      foldPerpetualGrowth(
        growth,
        { form: 'perpetual', event: 'pool', sqrtPriceX96: sqrtPriceX96AtTick(tick), tick, isTrade: i > 0 },
        time,
      ),
    emptyPerpetualGrowth,
  );

const keep = (growth: PerpetualGrowth, time: number, price: bigint) =>
  foldPerpetualGrowth(growth, { form: 'perpetual', event: 'round', price, updatedAt: time }, time);

describe('averages', () => {
  test('of the pool: time at each tick, rounded towards zero; below ten seconds the present price', () => {
    const pool = poolAt([0, -10], [100, -13], [100, -12], [110, 40]);
    const at = (time: number, seconds: number) => poolSqrtPriceX96(pool, { time, seconds });
    expect(at(120, 9)).toBe(sqrtPriceX96AtTick(40));
    expect(at(120, 10)).toBe(sqrtPriceX96AtTick(40));
    // 10 s at -12 and 10 s at 40.
    expect(at(120, 20)).toBe(sqrtPriceX96AtTick(14));
    // 90 s at -10, 10 s at -12: -10.2.
    expect(at(110, 100)).toBe(sqrtPriceX96AtTick(-10));
    expect(at(120, 121)).toBeUndefined();
  });

  test('of the index: rounds that were kept and the newest, else the newest alone', () => {
    const kept = keep(keep(emptyPerpetualGrowth, 10, 100n), 20, 200n);
    const latest = { answer: 400n, updatedAt: 30, decimals: 8 };
    const at = (time: number, seconds: number, growth = kept) =>
      indexPriceWad(growth, latest, { time, seconds });
    const scale = 10n ** 10n;
    expect(at(40, 0)).toBe(400n * scale);
    // 10 s each at 100, 200 and 400.
    expect(at(40, 30)).toBe((7_000n / 30n) * scale);
    expect(at(40, 31)).toBe(400n * scale);
    expect(at(40, 30, emptyPerpetualGrowth)).toBe(400n * scale);
  });

  test('of an index that fell and whose fall nobody kept there is none: the contract underflows', () => {
    const kept = keep(emptyPerpetualGrowth, 10, 300n);
    const latest = { answer: 100n, updatedAt: 30, decimals: 8 };
    expect(indexPriceWad(kept, latest, { time: 31, seconds: 1 })).toBe(100n * 10n ** 10n);
    expect(indexPriceWad(kept, latest, { time: 40, seconds: 1 })).toBeUndefined();
    expect(indexPriceWad(keep(kept, 30, 100n), latest, { time: 40, seconds: 1 })).toBe(100n * 10n ** 10n);
  });

  test('a history is cut, but what held when the longest window began stays', () => {
    const pool = poolAt([0, 1], [1_000, 2], [5_000, 3], [9_000, 4]);
    expect(pool.ticks.map(({ time }) => time)).toEqual([5_000, 9_000]);
    expect(poolSqrtPriceX96(pool, { time: 9_000, seconds: 3_600 })).toBe(sqrtPriceX96AtTick(3));
  });
});

test('a mark price is the median of two pool averages and the index with its premium', () => {
  const pool = keep(poolAt([0, 0], [1_000, 1_000]), 1, WAD / 10n ** 10n);
  const index = { answer: WAD / 10n ** 10n, updatedAt: 1, decimals: 8 };
  const windows = { markWindowSeconds: 900, premiumWindowSeconds: 300 };
  const at = (time: number) => Number(markPriceWad(pool, index, { time, ...windows })) / 1e18;
  // After 150 of 300 and 900 seconds: 15 s at tick 1,000, a mark window at tick 166, a premium at tick 500.
  expect(at(1_150)).toBeCloseTo(1.0001 ** 500, 6);
  expect(at(1_900)).toBeCloseTo(1.0001 ** 1_000, 6);
  expect(markPriceWad(pool, index, { time: 890, ...windows })).toBeUndefined();
});

describe('funding', () => {
  const pool = keep(poolAt([0, 0], [0, 1_000]), 1, WAD / 10n ** 10n);
  const index = { answer: WAD / 10n ** 10n, updatedAt: 1, decimals: 8 };
  const settle = (growth: PerpetualGrowth, time: number, marketAverageWad: bigint) =>
    foldPerpetualGrowth(
      growth,
      { form: 'perpetual', event: 'funding', marketAverageWad, indexAverageWad: WAD },
      time,
    );
  const average = markPriceWad(pool, index, {
    time: 2_000,
    markWindowSeconds: 900,
    premiumWindowSeconds: 900,
  })!;

  test('starts with the first settlement and is at most a share of the index', () => {
    const started = settle(pool, 2_000, average);
    expect(started.premiumX96).toBe(0n);
    // A premium of 10.5 % is cut to 10 %.
    expect(fundingAt(started, index, 2_010)?.premiumX96).toBe(((1n << 96n) / 10n) * 10n);
    const paid = fundingPaymentWad(WAD, {
      premiumNowX96: fundingAt(started, index, 2_000 + 86_400)!.premiumX96,
      premiumX96: 0n,
    });
    expect(Number(paid) / 1e18).toBeCloseTo(0.1, 12);
  });

  test('is not known once an event gives another average than the history', () => {
    const wrong = settle(settle(pool, 2_000, average), 2_010, average + 1n);
    expect(wrong.isKnown).toBe(false);
    expect(fundingAt(wrong, index, 2_020)).toBeUndefined();
  });

  test('is not known after a snapshot, however long events are followed from there', () => {
    const unknown = foldPerpetualGrowth(undefined, { form: 'perpetual', event: 'unknown' }, 1);
    const followed = settle(
      foldPerpetualGrowth(
        unknown,
        {
          form: 'perpetual',
          event: 'pool',
          sqrtPriceX96: pool.sqrtPriceX96,
          tick: pool.ticks.at(-1)!.tick,
          isTrade: true,
        },
        1_000,
      ),
      2_000,
      average,
    );
    expect(followed).toMatchObject({ isKnown: false, settledAt: 2_000, ranges: { areFeesKnown: false } });
    expect(fundingAt(followed, index, 2_020)).toBeUndefined();
  });

  test('is rounded towards zero twice, so that both sides lose a unit at most', () => {
    fc.assert(
      fc.property(
        fc.bigInt(-(10n ** 24n), 10n ** 24n),
        fc.bigInt(-(1n << 110n), 1n << 110n),
        (size, premium) => {
          const since = { premiumNowX96: premium, premiumX96: 0n };
          expect(fundingPaymentWad(-size, since)).toBe(-fundingPaymentWad(size, since));
        },
      ),
    );
  });
});

describe('positions', () => {
  const fold = (changes: readonly Parameters<typeof foldPerpetual>[1][], premiumX96 = 5n) =>
    changes.reduce<PerpetualPosition | undefined>(
      (position, change) => foldPerpetual(position, change, { ...emptyPerpetualGrowth, premiumX96 }),
      undefined,
    );
  const traded = (sizeDeltaWad: bigint, openNotionalWad: bigint) =>
    ({ form: 'perpetual', part: 'exposure', event: 'traded', sizeDeltaWad, openNotionalWad }) as const;
  const order = (liquidityDelta: bigint) =>
    ({
      form: 'perpetual',
      part: 'exposure',
      event: 'order',
      lowerTick: 1,
      upperTick: 2,
      liquidityDelta,
      baseDelta: 0n,
      quoteDelta: 0n,
    }) as const;

  test('are forgotten when only dust is left, unless there are orders', () => {
    expect(fold([traded(100n, -50n), traded(-91n, 0n)])).toBeUndefined();
    expect(fold([traded(100n, -50n), traded(-90n, 0n)])).toMatchObject({ sizeWad: 10n, premiumX96: 5n });
    expect(fold([order(7n), traded(100n, -50n), traded(-91n, 0n)])).toMatchObject({ sizeWad: 9n });
    expect(fold([order(7n), order(-7n)])).toBeUndefined();
  });

  test('an order that is taken from without having been made is below zero, and owes nothing', () => {
    expect(fold([order(-7n)])).toMatchObject({
      orders: [{ liquidity: -7n, baseDebtWad: 0n, quoteDebtWad: 0n }],
    });
  });

  test('cash that is withdrawn takes what is owed with it, rounded down', () => {
    const moved = (balanceDelta: bigint, owedDeltaWad: bigint) =>
      ({ form: 'perpetual', part: 'cash', event: 'moved', balanceDelta, owedDeltaWad }) as const;
    const withdrawn = {
      form: 'perpetual',
      part: 'cash',
      event: 'withdrawn',
      amount: 3n,
      wadPerUnit: 10n,
    } as const;
    expect(fold([moved(10n, -11n), withdrawn])).toMatchObject({ balance: 5n, owedWad: 0n });
    expect(fold([moved(10n, 19n), withdrawn])).toMatchObject({ balance: 8n, owedWad: 0n });
    expect(fold([moved(2n, 19n), withdrawn])).toBeUndefined();
  });
});
