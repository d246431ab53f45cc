import {
  addReference,
  applyFacts,
  emptyLedger,
  isDue,
  marginAccountOfBook,
  toBook,
  type AccountRow,
  type Book,
} from '@undertow/book';
import {
  isMarginAccountDue,
  liquidateExposure,
  liquidateMarginCollateral,
  marginFigures,
  type Address,
  type Fact,
  type PerpetualChange,
} from '@undertow/market';
import fc from 'fast-check';
import { applyLiquidations } from '../apply-liquidations.ts';
import { amountOf, claimOn } from '../fixtures/claims.ts';
import { handMadeView } from '../fixtures/hand-made-view.ts';
import type { Liquidation, Offer } from '../kernel.ts';
import { simulate } from '../simulate.ts';
import { closePosition } from './kernel.ts';

const WAD = 10n ** 18n;
const VENUE = 'perpetuals@test';
const FEED = '0xfeed';
const [cash, quote, coin, base, fundOwner, owner] = ['1', '2', '3', '4', '5', '6'].map(
  (digit): Address => `0x${digit.repeat(40)}`,
) as [Address, Address, Address, Address, Address, Address];

interface Held {
  /** Coins; negative = short. */
  readonly size: number;
  /** Price at which it was opened, USD. */
  readonly opened: number;
  readonly cash: number;
  readonly coins: number;
}

const wad = (amount: number) => BigInt(Math.round(amount * 1e6)) * 10n ** 12n;

/** A book with one margin account at a mark price of 1,000, and the insurance fund. */
function bookOf(
  { size, opened, cash: balance, coins }: Held,
  fund = 1_000_000,
  { markWindowSeconds = 1 } = {},
): Book {
  const ledger = emptyLedger();
  const asset = (address: Address, symbol: string, decimals: number) => ({
    chainId: 1,
    address,
    symbol,
    decimals,
  });
  addReference(ledger, {
    venues: [
      {
        id: VENUE,
        chainId: 1,
        protocol: 'p',
        version: '1',
        mechanism: 'perpetual',
        address: `0x${'9'.repeat(40)}`,
      },
    ],
    assets: [
      asset(cash, 'USDC', 6),
      asset(quote, 'vUSD', 18),
      asset(coin, 'WETH', 18),
      asset(base, 'vETH', 18),
    ],
    feeds: [{ id: FEED, chainId: 1, description: 'ETH / USD', decimals: 8 }],
  });
  let part = 0;
  const key = () => ({ chainId: 1, block: 1, logIndex: 0, part: part++, time: 1_000 });
  const position = (of: Address, market: Address, change: PerpetualChange): Fact => ({
    ...{ ...key(), kind: 'PositionChanged', venue: VENUE, market, owner: of, position: '', change },
  });
  const moved = (of: Address, balanceDelta: bigint) =>
    position(of, cash, { form: 'perpetual', part: 'cash', event: 'moved', balanceDelta, owedDeltaWad: 0n });
  const sqrtPriceX96 = BigInt(Math.round(Math.sqrt(1_000) * 2 ** 48)) * 2n ** 48n;
  applyFacts(ledger, [
    {
      ...key(),
      kind: 'TermsChanged',
      venue: VENUE,
      market: cash,
      patch: { form: 'settlement', ...TERMS, markWindowSeconds },
    },
    {
      ...key(),
      kind: 'TermsChanged',
      venue: VENUE,
      market: coin,
      patch: { form: 'margin-collateral', ...COIN },
    },
    {
      ...key(),
      kind: 'TermsChanged',
      venue: VENUE,
      market: base,
      patch: { form: 'perpetual', ...PERPETUAL },
    },
    { ...key(), kind: 'PricePosted', feed: FEED, answer: 100_000_000_000n, round: 1n, updatedAt: 1 },
    {
      ...{ ...key(), kind: 'GrowthAccrued', venue: VENUE, market: base, time: 1 },
      growth: { form: 'perpetual', event: 'pool', sqrtPriceX96, tick: 69_081, isTrade: false },
    },
    moved(fundOwner, BigInt(fund) * 1_000_000n),
    moved(owner, BigInt(Math.round(balance * 1e6))),
    ...(coins > 0
      ? [
          {
            ...key(),
            kind: 'LegChanged',
            venue: VENUE,
            market: coin,
            owner,
            side: 'collateral',
            sharesDelta: wad(coins),
          } as const,
        ]
      : []),
    position(owner, base, {
      ...{ form: 'perpetual', part: 'exposure', event: 'traded' },
      ...{ sizeDeltaWad: wad(size), openNotionalWad: -wad(size * opened) },
    }),
  ]);
  return toBook(ledger, { time: 1_000 });
}

const TERMS = {
  ...{ asset: cash, decimals: 6, quoteAsset: quote, insuranceFund: fundOwner },
  ...{ initialMarginE6: 100_000n, maintenanceMarginE6: 62_500n, liquidationPenaltyE6: 25_000n },
  ...{ markWindowSeconds: 1, premiumWindowSeconds: 1, collateralMarginBufferE6: 2_000n },
  ...{ debtToCollateralE6: 750_000n, debtThreshold: 10_000_000_000n, collateralLiquidationE6: 500_000n },
  ...{ collateralDust: 500_000_000n, collateralFundFeeE6: 30_000n },
};
const COIN = {
  asset: coin,
  decimals: 18,
  ratioE6: 700_000n,
  discountE6: 100_000n,
  feed: FEED,
  feedDecimals: 8,
};
const PERPETUAL = {
  ...{ baseAsset: base, underlying: coin, pool: quote, exchangeFeeE6: 1_000n, insuranceFundFeeE6: 0n },
  ...{ feed: FEED, feedDecimals: 8, status: 'open' as const },
};

const ROW = 0 as AccountRow;

/** The two calls that one round may make on the only account, each at its largest, one after the other. */
function dealtWith(book: Book) {
  const view = handMadeView(book);
  const calls: { readonly offer: Offer; readonly done: Liquidation }[] = [];
  for (const phase of [0, 1] as const) {
    const offers = claimOn(view, ROW, phase)?.offers(view);
    if (offers === undefined || typeof offers === 'string' || !offers[0]) continue;
    const [offer] = offers as [Offer];
    const [done] = offer.at(1) as [Liquidation];
    applyLiquidations(book, view as Parameters<typeof applyLiquidations>[1], [done]);
    calls.push({ offer, done });
  }
  const flow = (asset: number) =>
    calls
      .flatMap(({ offer }) => offer.flows)
      .reduce((sum, one) => (one.asset === asset ? sum + one.amount : sum), 0);
  const sum = (kind: Parameters<typeof amountOf>[1]) =>
    calls.reduce((total, { done }) => total + amountOf(done, kind), 0);
  return { isDue: isDue(handMadeView(book), ROW), calls, flow, sum };
}

const held = fc.record({
  size: fc.oneof(
    fc.double({ min: 0.05, max: 40, noNaN: true }),
    fc.double({ min: -40, max: -0.05, noNaN: true }),
  ),
  opened: fc.double({ min: 600, max: 1_500, noNaN: true }),
  cash: fc.double({ min: 0, max: 8_000, noNaN: true }),
  coins: fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 10, noNaN: true })),
});

describe('closing positions', () => {
  test('does what the exact maths does: who is due, what is closed, sold and lost', () => {
    const seen = { closed: 0, sold: 0, lost: 0, healthy: 0 };
    fc.assert(
      fc.property(held, (of) => {
        const book = bookOf(of);
        const account = marginAccountOfBook(book, ROW, book.exact.answer)!;
        const dealt = dealtWith(book);
        expect(dealt.isDue).toBe(isMarginAccountDue(account));
        const closed = liquidateExposure(account, 0, 1_000_000n * WAD);
        const sold = liquidateMarginCollateral(closed?.after ?? account, 0);
        expect(dealt.calls.length).toBe(Number(closed !== undefined) + Number(sold !== undefined));
        if (dealt.calls.length === 0) return void seen.healthy++;
        const near = (actual: number, exact: bigint, decimals: number) =>
          expect(Math.abs(actual - Number(exact) / 10 ** decimals)).toBeLessThan(1e-4);
        const rowOf = (address: Address) => book.assets.findIndex((asset) => asset.address === address);
        near(dealt.flow(rowOf(base)), closed?.sizeWad ?? 0n, 18);
        near(dealt.flow(rowOf(coin)), sold?.seized ?? 0n, 18);
        near(
          dealt.calls.reduce((sum, { done }) => sum + done.repaidUsd, 0),
          sold?.repaid ?? 0n,
          6,
        );
        const badDebt = (closed?.badDebt ?? 0n) + (sold?.badDebt ?? 0n);
        near(dealt.sum('badDebt'), badDebt, 6);
        near(
          dealt.sum('fund'),
          (closed?.toFundWad ?? 0n) + ((sold?.toFund ?? 0n) - badDebt) * 10n ** 12n,
          18,
        );
        if (closed) seen.closed++;
        if (sold) seen.sold++;
        if (badDebt > 0n) seen.lost++;
      }),
      { numRuns: 600, seed: 5 },
    );
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(20);
  });

  test('what leaves the account is traded or enters the fund, dollars of either kind alike, at any size', () => {
    fc.assert(
      fc.property(held, fc.constantFrom(1, 0.5, 0.01), (of, size) => {
        const book = bookOf(of);
        const view = handMadeView(book);
        const offers = claimOn(view, ROW)?.offers(view) ?? [];
        if (typeof offers === 'string') return;
        for (const offer of offers) {
          const balance = new Map<string, number>();
          const add = (asset: number, amount: number) => {
            const { symbol } = book.assets[asset]!;
            const unit = symbol === 'vUSD' || symbol === 'USDC' ? 'dollars' : symbol;
            balance.set(unit, (balance.get(unit) ?? 0) + amount);
          };
          for (const { asset, amount } of offer.flows) add(asset, amount * size);
          for (const effect of offer.at(size).flatMap(({ effects }) => effects)) {
            if (effect.kind === 'leg')
              add(book.legs.asset[effect.leg]!, effect.delta * book.legs.side[effect.leg]!);
            if (effect.kind === 'fund') add(book.funds[effect.fund]!.asset, effect.amount);
          }
          for (const left of balance.values()) expect(Math.abs(left)).toBeLessThan(1e-6);
        }
      }),
      { numRuns: 300, seed: 6 },
    );
  });

  test('nobody liquidates what the insurance fund could not bear', () => {
    const under: Held = { size: 10, opened: 1_200, cash: 1_500, coins: 0 };
    const dealt = dealtWith(bookOf(under));
    expect(dealt.sum('badDebt')).toBeCloseTo(750, 6);
    expect(dealt.sum('fund')).toBeCloseTo(-750, 6);
    const view = handMadeView(bookOf(under, 749));
    expect(claimOn(view)!.offers(view)).toBe('fund-empty');
    // A poorer fund is no safer: what it cannot bear is there all the same, the penalty with it, and is said.
    expect(simulate(bookOf(under, 749), { moves: [] })).toMatchObject({
      rounds: [],
      badDebtUsd: 0,
      lossUsd: expect.closeTo(750, 6) as number,
      stuck: [{ venue: VENUE, reason: 'fund-empty', accounts: 1 }],
    });
  });

  test('a smaller fund never makes a loss smaller', () => {
    fc.assert(
      fc.property(held, fc.nat(3_000), fc.nat(3_000), (of, fund, more) => {
        const lossOf = (amount: number) => simulate(bookOf(of, amount), { moves: [] }).lossUsd;
        expect(lossOf(fund + more)).toBeLessThanOrEqual(lossOf(fund) * (1 + 1e-9) + 1e-6);
      }),
      { numRuns: 200 },
    );
  });

  test('half of a position is enough while the account is worth more than half of what it must be', () => {
    const account = { size: 10, opened: 1_000, cash: 500, coins: 0 };
    expect(dealtWith(bookOf(account)).calls[0]!.done.seizedUsd).toBeCloseTo(5_000, 6);
    const less = { ...account, cash: 300 };
    expect(dealtWith(bookOf(less)).calls[0]!.done.seizedUsd).toBeCloseTo(10_000, 6);
    const figures = marginFigures(marginAccountOfBook(bookOf(account), ROW, bookOf(account).exact.answer)!);
    expect(figures.requirementWad / WAD).toBe(624n);
  });

  test('a mark price that is averaged is at a whole tick of the pool, also after a move', () => {
    const account = { size: 1, opened: 1_000, cash: 500, coins: 0 };
    const markAfter = (book: Book, move: number) =>
      simulate(book, { moves: [{ kind: 'asset', asset: base, move }] }).byAsset.find(
        ({ symbol }) => symbol === 'vETH',
      )!.oracleAfterUsd;
    const averaged = bookOf(account, 0, { markWindowSeconds: 15 });
    const before = averaged.oracles.find(({ asset }) => averaged.assets[asset]!.symbol === 'vETH')!.priceUsd;
    expect(before).toBeCloseTo(1.0001 ** 69_081, 6);
    for (const move of [-0.03, -0.01, 0.02]) {
      const pool = before * (1 + move);
      const tick = Math.floor(Math.log(pool) / Math.log(1.0001));
      expect(markAfter(averaged, move)).toBeCloseTo(1.0001 ** tick, 6);
      expect(markAfter(bookOf(account), move)).toBeCloseTo(1_000 * (1 + move), 6);
    }
  });

  test('a position closed in part loses less than half, and owes no penalty on the rest', () => {
    const view = handMadeView(bookOf({ size: 10, opened: 1_000, cash: 500, coins: 0 }));
    const [claim] = closePosition.claims(view, [ROW]);
    const [offer] = claim!.offers(view) as [Offer];
    const [half] = offer.at(0.5) as [Liquidation];
    expect(half.seizedUsd).toBeCloseTo(2_500, 6);
    expect(amountOf(half, 'fund')).toBeCloseTo((2_500 * 0.025) / 2, 9);
  });
});
