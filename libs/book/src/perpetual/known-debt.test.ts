import type { Address, PerpetualChange } from '@undertow/market';
import { applyFacts } from '../apply-facts.ts';
import { allSaid, keyed, owner, price, reference, USDC, WETH } from '../fixtures/hand-made-facts.ts';
import { emptyLedger } from '../ledger.ts';
import { toBook } from '../to-book.ts';

type Said = (typeof allSaid)[number];

const WAD = 10n ** 18n;
const BASE: Address = '0x00000000000000000000000000000000000000ba';
const at = { venue: 'perp' } as const;

const terms: readonly Said[] = [
  {
    ...{ kind: 'TermsChanged', ...at, market: USDC },
    patch: {
      ...{ form: 'settlement', asset: USDC, decimals: 6, quoteAsset: '0xqq', insuranceFund: '0xff' },
      ...{ collateralMarginBufferE6: 0n, debtToCollateralE6: 0n, debtThreshold: 0n },
      ...{ collateralLiquidationE6: 0n, collateralDust: 0n, collateralFundFeeE6: 0n },
    },
  },
  {
    ...{ kind: 'TermsChanged', ...at, market: BASE },
    patch: {
      ...{ form: 'perpetual', baseAsset: BASE, underlying: WETH, status: 'open' },
      ...{ feed: 'eth-feed', feedDecimals: 8 },
    },
  },
];

const says = (i: number, market: Address, change: PerpetualChange): Said => ({
  ...{ kind: 'PositionChanged', ...at, owner: owner(i), market, position: '', change },
});
const position = (i: number, size: bigint, openNotional: bigint): Said =>
  says(i, BASE, {
    ...{ form: 'perpetual', part: 'exposure', event: 'read', premiumX96: 0n, orders: [] },
    ...{ sizeWad: size * WAD, openNotionalWad: openNotional * WAD },
  });
const cash = (i: number, dollars: bigint): Said =>
  says(i, USDC, {
    ...{ form: 'perpetual', part: 'cash', event: 'moved' },
    ...{ balanceDelta: dollars * 10n ** 6n, owedDeltaWad: 0n },
  });

function coverageOf(said: readonly Said[]) {
  const ledger = emptyLedger({
    ...reference,
    venues: [
      ...reference.venues,
      {
        ...{ id: 'perp', chainId: 1, protocol: 'perp-v2', version: '2.8' },
        ...{ mechanism: 'perpetual', address: '0xcc' },
      },
    ],
  });
  applyFacts(ledger, keyed([...allSaid, ...terms, ...said]));
  const { coverage } = toBook(ledger);
  return { ...coverage, gaps: coverage.gaps.filter(({ source }) => source === 'perp') };
}

/** Nobody has said where the pool of the market stands, so it has no mark price. */
const reason = `the mark price of ${BASE} cannot be said`;
const OTHERS = 65_000;

describe('margin accounts whose market has no mark price', () => {
  test('leave known debt: quote and cash at a dollar, base at the index', () => {
    const { gaps, knownDebtUsd, share } = coverageOf([
      ...[position(1, 2n, -7_000n), cash(1, 5_000n)],
      ...[position(2, -3n, 8_000n), cash(2, -500n)],
    ]);
    const debtUsd = 7_000 + 3 * 3_000 + 500;
    expect(gaps).toMatchObject([{ source: 'perp', reason, count: 2, debtUsd: expect.closeTo(debtUsd, 6) }]);
    expect(knownDebtUsd).toBeCloseTo(OTHERS + debtUsd, 6);
    expect(share).toBeCloseTo(OTHERS / (OTHERS + debtUsd), 9);
  });

  test('owe what they put into orders', () => {
    const order = {
      ...{ lowerTick: -60, upperTick: 60, liquidity: 1n, baseDebtWad: 2n * WAD, quoteDebtWad: 400n * WAD },
      ...{ feeInsideX128: 0n, premiumInsideX96: 0n, premiumBelowX96: 0n, premiumBySqrtInsideX96: 0n },
    };
    const { gaps } = coverageOf([
      says(1, BASE, {
        ...{ form: 'perpetual', part: 'exposure', event: 'read', premiumX96: 0n, orders: [order] },
        ...{ sizeWad: WAD, openNotionalWad: 0n },
      }),
    ]);
    expect(gaps).toMatchObject([{ source: 'perp', reason, count: 1, debtUsd: expect.closeTo(3_400, 6) }]);
  });

  test('are named apart where an order was taken from that no fact made', () => {
    const order = { lowerTick: -60, upperTick: 60, liquidityDelta: -5n, baseDelta: 0n, quoteDelta: 0n };
    const { gaps } = coverageOf([
      says(1, BASE, { form: 'perpetual', part: 'exposure', event: 'order', ...order }),
    ]);
    expect(gaps).toMatchObject([
      { source: 'perp', reason: 'liquidity below zero: facts before the first block read are missing' },
    ]);
  });

  test('owe something unknown where base is owed and its index has no price either', () => {
    const { gaps, knownDebtUsd } = coverageOf([
      ...[position(1, 2n, -7_000n), position(2, -3n, 8_000n), price('eth-feed', 0n)],
    ]);
    const noIndex = `the index of ${BASE} has no price`;
    expect(gaps).toMatchObject([
      { source: 'perp', reason: noIndex, count: 1, debtUsd: undefined },
      { source: 'perp', reason: noIndex, count: 1, debtUsd: 7_000 },
    ]);
    expect(knownDebtUsd).toBeGreaterThan(7_000);
  });
});
