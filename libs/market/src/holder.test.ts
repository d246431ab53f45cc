import type { Fact, FactKind } from './fact.ts';
import { holderOf, type Holder } from './holder.ts';
import type { Address } from './id.ts';

const address = (digit: string): Address => `0x${digit.repeat(40)}`;
const [owner, liquidator, asset] = [address('1'), address('2'), address('3')];
const key = { chainId: 1, block: 2, logIndex: 3, part: 0, time: 4 };
const at = { ...key, venue: 'v', market: 'm' };
const holder: Holder = { venue: 'v', market: 'm', owner };

/** A fact of every kind, and its holder. A kind that is missing does not compile. */
const cases: {
  readonly [Kind in FactKind]: readonly [fact: Extract<Fact, { kind: Kind }>, holder: Holder | undefined];
} = {
  LegChanged: [{ ...at, kind: 'LegChanged', owner, side: 'debt', sharesDelta: -1n }, holder],
  CollateralSwitched: [{ ...at, kind: 'CollateralSwitched', owner, enabled: false }, holder],
  CategoryChosen: [
    { ...key, kind: 'CategoryChosen', venue: 'v', owner, category: 2 },
    { ...holder, market: 'category:2' },
  ],
  TermsChanged: [{ ...at, kind: 'TermsChanged', patch: { form: 'reserve' } }, undefined],
  IndexAccrued: [{ ...at, kind: 'IndexAccrued', accrual: { form: 'rayAccrued' } }, undefined],
  PricePosted: [{ ...key, kind: 'PricePosted', feed: asset, answer: 1n, round: 1n, updatedAt: 4 }, undefined],
  FormulaPosted: [{ ...key, kind: 'FormulaPosted', feed: asset, formula: null }, undefined],
  LiquidityChanged: [
    {
      ...key,
      kind: 'LiquidityChanged',
      pool: asset,
      change: { form: 'price', sqrtPriceX96: 1n, tick: 0, liquidity: 0n },
    },
    undefined,
  ],
  Liquidated: [
    {
      ...at,
      kind: 'Liquidated',
      owner,
      liquidator,
      collateralAsset: asset,
      debtAsset: asset,
      repaid: 1n,
      seized: 1n,
      badDebt: 0n,
    },
    holder,
  ],
  PositionChanged: [
    { ...at, kind: 'PositionChanged', owner, position: '7', change: { form: 'option', closed: true } },
    holder,
  ],
  GrowthAccrued: [{ ...at, kind: 'GrowthAccrued', growth: { form: 'cdp' } }, undefined],
  VolatilityPosted: [
    { ...at, kind: 'VolatilityPosted', volatility: { form: 'option', valueWad: 1n, averagedWad: 1n } },
    undefined,
  ],
  FundMoved: [{ ...key, kind: 'FundMoved', venue: 'v', fund: 'reserves', asset, amountDelta: 1n }, undefined],
  RatioPosted: [{ ...key, kind: 'RatioPosted', asset, of: liquidator, ratioWad: 1n }, undefined],
  HoldingRead: [{ ...key, kind: 'HoldingRead', venue: 'v', asset, amount: 1n }, undefined],
  Quarantined: [{ ...key, kind: 'Quarantined', source: 'v', reason: 'r', topics: [], data: '0x' }, undefined],
};

test.each(Object.entries(cases))('the holder of a %s', (_kind, [fact, expected]) => {
  expect(holderOf(fact)).toEqual(expected);
});

test('every fact with an owner has a holder', () => {
  for (const [fact, expected] of Object.values(cases)) {
    expect({ kind: fact.kind, hasHolder: expected !== undefined }).toEqual({
      kind: fact.kind,
      hasHolder: 'owner' in fact,
    });
  }
});
