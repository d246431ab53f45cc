import { WAD } from '@undertow/units';
import fc from 'fast-check';
import { isPairLiquidatable, pairDebtUp, pairHealthFactorWad, pairLiquidationPriceE36 } from './health.ts';
import { accruePair } from './interest.ts';
import { largestPairLiquidation, pairIncentiveFactorWad, pairLiquidation } from './liquidation.ts';
import { pairAssetsDown, pairAssetsUp, pairSharesDown, pairSharesUp } from './shares.ts';
import { emptyPairTotals, foldPairTotals } from './totals.ts';
import type { PairTotals } from './totals.ts';

/** Wide enough for 18-decimal tokens in millions, small enough for uint128. */
const assets = fc.bigInt({ min: 1n, max: 10n ** 27n });
const totalsArb = fc
  .record({
    debtAssets: assets,
    spare: assets,
    growth: fc.bigInt({ min: 0n, max: WAD }),
    feeWad: fc.bigInt({ min: 0n, max: WAD / 4n }),
  })
  .map(({ debtAssets, spare, growth, feeWad }): PairTotals => ({
    ...emptyPairTotals,
    debtAssets: debtAssets + (debtAssets * growth) / WAD,
    debtShares: debtAssets * 1_000_000n,
    supplyAssets: debtAssets * 2n + spare,
    supplyShares: (debtAssets * 2n + spare) * 1_000_000n,
    feeWad,
    accruedAt: 1000,
  }));
const stateArb = fc.record({
  totals: totalsArb,
  priceE36: fc.bigInt({ min: 10n ** 20n, max: 10n ** 48n }),
  liquidationThresholdWad: fc.bigInt({ min: WAD / 10n, max: WAD - 1n }),
});
/** A position that owes some of the market's debt. */
const caseArb = stateArb.chain((state) =>
  fc.record({
    state: fc.constant(state),
    position: fc.record({
      collateral: fc.bigInt({ min: 0n, max: 10n ** 27n }),
      debtShares: fc.bigInt({ min: 1n, max: state.totals.debtShares }),
    }),
  }),
);

describe('shares', () => {
  test('there and back never gains', () => {
    fc.assert(
      fc.property(totalsArb, assets, (totals, amount) => {
        const total = { assets: totals.debtAssets, shares: totals.debtShares };
        expect(pairAssetsDown(pairSharesDown(amount, total), total) <= amount).toBe(true);
        expect(pairAssetsUp(pairSharesUp(amount, total), total) >= amount).toBe(true);
      }),
    );
  });
});

describe('health', () => {
  test('the factor is below one exactly when liquidatable', () => {
    fc.assert(
      fc.property(caseArb, ({ state, position }) => {
        expect(pairHealthFactorWad(position, state)! < WAD).toBe(isPairLiquidatable(position, state));
      }),
    );
  });

  test('at the liquidation price a position is healthy, one unit below it is not', () => {
    fc.assert(
      fc.property(caseArb, ({ state, position }) => {
        const priceE36 = pairLiquidationPriceE36(position, state);
        if (position.collateral === 0n) return expect(priceE36).toBeUndefined();
        expect(isPairLiquidatable(position, { ...state, priceE36: priceE36! })).toBe(false);
        expect(isPairLiquidatable(position, { ...state, priceE36: priceE36! - 1n })).toBe(true);
      }),
    );
  });

  test('without debt there is no factor, no price, and nothing to liquidate', () => {
    const state = { totals: emptyPairTotals, priceE36: 0n, liquidationThresholdWad: WAD / 2n };
    const position = { collateral: 5n, debtShares: 0n };
    expect(pairHealthFactorWad(position, state)).toBeUndefined();
    expect(pairLiquidationPriceE36(position, state)).toBeUndefined();
    expect(isPairLiquidatable(position, state)).toBe(false);
  });
});

describe('interest', () => {
  test('debt and supply grow by the same amount, and in two steps by no less than in one', () => {
    fc.assert(
      fc.property(totalsArb, fc.integer({ min: 1, max: 5_000_000 }), (totals, seconds) => {
        const end = totals.accruedAt + 2 * seconds;
        const once = accruePair(totals, 'utilization-over-year', end)!;
        expect(once.debtAssets - totals.debtAssets).toBe(once.supplyAssets - totals.supplyAssets);
        expect(once.debtShares).toBe(totals.debtShares);
        const middle = accruePair(totals, 'utilization-over-year', totals.accruedAt + seconds)!;
        const twice = accruePair(middle, 'utilization-over-year', end)!;
        // The rate per second is floored to ten digits in each step.
        expect(twice.debtAssets >= once.debtAssets - once.debtAssets / 10n ** 9n - 10n).toBe(true);
      }),
    );
  });

  test('without a model only the time moves on', () => {
    const totals = { ...emptyPairTotals, supplyAssets: 9n, debtAssets: 8n, accruedAt: 5 };
    expect(accruePair(totals, 'none', 900)).toEqual({ ...totals, accruedAt: 900 });
  });

  test('the fee takes its share of the interest as shares', () => {
    const totals: PairTotals = {
      ...emptyPairTotals,
      supplyAssets: 10n ** 24n,
      supplyShares: 10n ** 30n,
      debtAssets: 5n * 10n ** 23n,
      debtShares: 5n * 10n ** 29n,
      feeWad: WAD / 10n,
      accruedAt: 1,
    };
    const later = accruePair(totals, 'utilization-over-year', 31_536_001)!;
    const interest = later.debtAssets - totals.debtAssets;
    const total = { assets: later.supplyAssets, shares: later.supplyShares };
    const fee = pairAssetsDown(later.supplyShares - totals.supplyShares, total);
    expect(Number(fee) / Number(interest)).toBeCloseTo(0.1, 12);
  });

  test('a model of unknown form has no interest to tell, the past none to add', () => {
    expect(accruePair({ ...emptyPairTotals, accruedAt: 5 }, 'unknown', 6)).toBeUndefined();
    expect(accruePair({ ...emptyPairTotals, accruedAt: 5 }, 'unknown', 5)?.accruedAt).toBe(5);
  });
});

describe('liquidation', () => {
  test('the incentive is 1 ÷ (1 − 0.3 × (1 − threshold)), 15 % at most', () => {
    expect(pairIncentiveFactorWad((86n * WAD) / 100n)).toBe(1_043_841_336_116_910_229n);
    expect(pairIncentiveFactorWad(0n)).toBe((115n * WAD) / 100n);
  });

  test('value is conserved: totals fall by what was repaid and written off, the position by the same shares', () => {
    fc.assert(
      fc.property(caseArb, ({ state, position }) => {
        const done = largestPairLiquidation(position, state);
        if (!done) return;
        const { totals } = state;
        expect(done.totals.debtShares).toBe(totals.debtShares - done.repaidShares - done.badDebtShares);
        expect(done.position.debtShares).toBe(position.debtShares - done.repaidShares - done.badDebtShares);
        expect(done.position.collateral).toBe(position.collateral - done.seized);
        expect(done.totals.supplyAssets).toBe(totals.supplyAssets - done.badDebt);
        const left = totals.debtAssets - done.repaid - done.badDebt;
        expect(done.totals.debtAssets).toBe(left > 0n ? left : 0n);
        if (done.badDebtShares > 0n) expect(done.position).toEqual({ collateral: 0n, debtShares: 0n });
      }),
    );
  });

  test('a healthy position, nothing, and more than there is are refused', () => {
    fc.assert(
      fc.property(caseArb, ({ state, position }) => {
        const due = isPairLiquidatable(position, state);
        const all = pairLiquidation(position, state, { seize: position.collateral });
        if (!due) expect(all).toBeUndefined();
        expect(pairLiquidation(position, state, { seize: 0n })).toBeUndefined();
        expect(pairLiquidation(position, state, { seize: position.collateral + 1n })).toBeUndefined();
        expect(pairLiquidation(position, state, { repayShares: position.debtShares + 1n })).toBeUndefined();
      }),
    );
  });

  test('the largest liquidation leaves no debt or no collateral worth a unit of debt', () => {
    fc.assert(
      fc.property(caseArb, ({ state, position }) => {
        const done = largestPairLiquidation(position, state);
        if (!done) return;
        const left = (done.position.collateral * state.priceE36) / 10n ** 36n;
        expect(done.position.debtShares === 0n || left <= 2n).toBe(true);
        expect(done.repaid <= pairDebtUp(position, state.totals)).toBe(true);
      }),
    );
  });
});

describe('foldPairTotals', () => {
  test('debt stops at zero when a repayment rounds above it', () => {
    const accrual = {
      form: 'totals',
      side: 'debt',
      assetsDelta: -6n,
      sharesDelta: -10n,
      accrued: true,
    } as const;
    const folded = foldPairTotals(
      { ...emptyPairTotals, debtAssets: 5n, debtShares: 10n },
      { accrual, time: 9 },
    );
    expect(folded).toEqual({ ...emptyPairTotals, accruedAt: 9 });
  });
});
