import { isDue as isDueAt, type AccountRow } from '@undertow/book';
import { leastCollateral, type OptionType } from '@undertow/market';
import {
  handMadeBook,
  type HandMadeAccount,
  type HandMadeAsset,
  type HandMadeInstrument,
} from '../fixtures/hand-made-book.ts';
import { handMadeView, type ViewChanges } from '../fixtures/hand-made-view.ts';
import { imbalance } from '../fixtures/imbalance.ts';
import type { Effect, Liquidation, Offer } from '../kernel.ts';
import { buyBack } from './kernel.ts';

const ASSETS: readonly HandMadeAsset[] = [
  { symbol: 'USDC', priceUsd: 1, decimals: 6 },
  { symbol: 'WETH', priceUsd: 3_000, decimals: 18, liquidity: 1e6 },
  { symbol: 'sETH', priceUsd: 3_000, decimals: 18, tie: { to: 'WETH' } },
  { symbol: 'sUSD', priceUsd: 1, decimals: 18, oracle: 'constant' },
];
const penalty = { share: 0.2, leastUsd: 15, liquidatorShare: 0.4, exchangeFee: 0.01 };
const shared = { venue: 'option', underlying: 'sETH', strikeUsd: 3_000, expiry: 1_702_419_200 } as const;

/** Tables that are straight lines, so that what comes out can be reckoned by hand. */
const CALL: HandMadeInstrument = {
  ...{ ...shared, id: 'call', isCall: true, spotUsd: [1_000, 9_000], penalty },
  valueUsd: (spot) => spot / 30,
  closingUsd: (spot) => spot / 20,
  marginUsd: (spot) => spot / 3,
  leastMargin: { amount: 0.2, mostPerContract: 1, inUnderlying: true },
};
const PUT: HandMadeInstrument = {
  ...{ ...shared, id: 'put', isCall: false, spotUsd: [1_000, 9_000], penalty },
  valueUsd: (spot) => 1_000 - spot / 10,
  closingUsd: (spot) => 1_200 - spot / 10,
  marginUsd: (spot) => 2_000 - spot / 5,
  leastMargin: { amount: 200, mostPerContract: 3_000, inUnderlying: false },
};

const written = (
  asset: string,
  collateral: number,
  contracts: number,
  instrument: string,
): HandMadeAccount => ({
  venue: 'option',
  market: '7',
  state: [asset === 'sETH' ? 2n : 4n],
  legs: [
    { asset, amount: collateral, threshold: 1 },
    { asset: 'sETH', amount: -contracts, instrument },
  ],
});

const account = 0 as AccountRow;

/** What the kernel would do to the first account, due or not. */
function run(of: HandMadeAccount, changes: ViewChanges = {}) {
  const book = handMadeBook(ASSETS, [of], { instruments: [CALL, PUT] });
  const view = handMadeView(book, changes);
  const [claim] = buyBack.claims(view, [account]);
  const [offer] = claim!.offers(view) as [Offer];
  const [done] = offer.at(1) as [Liquidation];
  return {
    book,
    offer,
    done,
    isDue: isDueAt(view, account),
    amounts: (kind: Effect['kind']) => amounts(done, kind),
  };
}

const amounts = ({ effects }: Liquidation, kind: Effect['kind']): number[] =>
  effects.flatMap((effect) => (effect.kind === kind && 'amount' in effect ? [effect.amount] : []));

describe('isDue', () => {
  test('a put is due when its collateral is less than its table asks for', () => {
    const put = written('sUSD', 14_500, 10, 'put');
    expect(run(put).isDue).toBe(false);
    expect(run(put, { priceUsd: { WETH: 2_500 } }).isDue).toBe(true);
    expect(run(put, { priceUsd: { WETH: 3_500 } }).isDue).toBe(false);
  });

  test('a small position must put up the least of a position, but never more than covers any outcome', () => {
    expect(run(written('sUSD', 195, 0.1, 'put')).isDue).toBe(true);
    expect(run(written('sUSD', 205, 0.1, 'put')).isDue).toBe(false);
    expect(run(written('sUSD', 31, 0.01, 'put')).isDue).toBe(false);
    expect(run(written('sETH', 0.19, 0.3, 'call')).isDue).toBe(true);
    expect(run(written('sETH', 0.19, 0.18, 'call')).isDue).toBe(false);
  });

  test('near the line the exact model decides', () => {
    const margin = {
      ...{ leastQuoteWad: 200n * WAD, leastBaseWad: WAD / 5n },
      ...{ shockVolatilityAWad: 2n * WAD, pointA: 86_400n, shockVolatilityBWad: WAD, pointB: 864_000n },
      ...{ callSpotShockWad: (12n * WAD) / 10n, putSpotShockWad: (8n * WAD) / 10n },
    };
    const type: OptionType = 'short-put-quote';
    const spotWad = 3_000n * WAD;
    const series = { strikePriceWad: 3_000n * WAD, secondsToExpiry: 2_419_200n, rateWad: 0n, spotWad };
    const least = leastCollateral({ type, amountWad: 10n * WAD }, series, margin);
    const state = [
      ...[3_000n * WAD, 1_702_419_200n, 0n, 10n ** 10n, margin.leastQuoteWad, margin.leastBaseWad],
      ...[margin.shockVolatilityAWad, margin.pointA, margin.shockVolatilityBWad, margin.pointB],
      ...[margin.callSpotShockWad, margin.putSpotShockWad],
    ];
    const leastUsd = Number(least) / 1e18;
    for (const [share, expected] of [
      [1.0002, false],
      [0.9998, true],
    ] as const) {
      // The table is wrong by 0.1 % to the other side.
      const table = { ...PUT, marginUsd: () => (leastUsd / 10) * (expected ? 0.999 : 1.001) };
      const book = handMadeBook(ASSETS, [written('sUSD', leastUsd * share, 10, 'put')], {
        ...{ instruments: [table], marketState: { 'option sETH': state } },
      });
      const view = handMadeView(book);
      expect(isDueAt(view, account)).toBe(expected);
      // Once its amounts are no longer the book's integers, the table decides.
      const isTouched = Uint8Array.of(1);
      expect(isDueAt({ ...view, isTouched }, account)).toBe(!expected);
    }
  });
});

describe('liquidate', () => {
  test('the price is paid, a share of the rest is the penalty, and the remainder stays with the owner', () => {
    // 10 contracts at 900 leave 3,000 of 12,000; a fifth of that is the penalty.
    const { book, offer, done, amounts } = run(written('sUSD', 12_000, 10, 'put'));
    expect(done.seizedUsd).toBeCloseTo(9_600, 8);
    expect(done.effects.filter(({ kind }) => kind === 'leg')).toMatchObject([
      { leg: 1, delta: -10 },
      { leg: 0, delta: expect.closeTo(-9_600, 8) as number },
    ]);
    expect(offer.mostPart).toBe(0);
    expect(offer.flows).toEqual([{ asset: 3, amount: expect.closeTo(240, 8) as number }]);
    expect(amounts('lot')).toEqual([expect.closeTo(9_360, 8)]);
    expect(amounts('badDebt')).toEqual([]);
    expect(imbalance(book, offer)).toEqual({});
  });

  test('collateral in the underlying pays the exchange, and the liquidator sells its part', () => {
    const { book, offer, done } = run(written('sETH', 4, 10, 'call'));
    const costUsd = 1_500 / 0.99;
    const penaltyUsd = (12_000 - costUsd) * 0.2;
    expect(done.seizedUsd).toBeCloseTo(costUsd + penaltyUsd, 8);
    expect(offer.flows).toEqual([
      { asset: 2, amount: expect.closeTo((penaltyUsd * 0.4) / 3_000, 12) as number },
    ]);
    expect(imbalance(book, offer)).toEqual({});
  });

  test('what is missing the pool bears; the least penalty comes before the price', () => {
    const { done, amounts } = run(written('sUSD', 8_000, 10, 'put'));
    expect(done.seizedUsd).toBe(8_000);
    expect(amounts('badDebt')).toEqual([expect.closeTo(9_000 + 15 - 8_000, 8)]);
    const dust = run(written('sUSD', 5, 10, 'put'));
    expect(dust.amounts('badDebt')).toEqual([expect.closeTo(9_000, 8)]);
    expect(dust.offer.flows[0]!.amount).toBeCloseTo(2, 12);
  });

  test.each([
    [5_000, [[1_015, 'fund']], [-1_015]],
    [
      400,
      [
        [400, 'fund'],
        [615, 'others'],
      ],
      [-400],
    ],
    [-10, [[1_015, 'others']], []],
  ] as const)('a pool worth %p bears so much as it can, and others the rest', (worth, born, paid) => {
    const fund = { venue: 'option', kind: 'lending-pool', asset: 'sUSD', amount: worth } as const;
    const book = handMadeBook(ASSETS, [written('sUSD', 8_000, 10, 'put')], {
      instruments: [CALL, PUT],
      funds: [fund],
    });
    const [done] = (
      buyBack.claims(handMadeView(book), [account])[0]!.offers(handMadeView(book)) as [Offer]
    )[0].at(1);
    const losses = done!.effects.flatMap((one) =>
      one.kind === 'badDebt' ? [[one.amount, one.borneBy]] : [],
    );
    expect(losses).toEqual(born.map(([amount, borneBy]) => [expect.closeTo(amount, 8), borneBy]));
    const payments = done!.effects.flatMap((one) => (one.kind === 'fund' ? [one.amount] : []));
    expect(payments).toEqual(paid.map((amount) => expect.closeTo(amount, 8)));
  });

  test('a pool that one account has drained bears nothing of the next', () => {
    const fund = { venue: 'option', kind: 'lending-pool', asset: 'sUSD', amount: 1_015 } as const;
    const two = [written('sUSD', 8_000, 10, 'put'), written('sUSD', 8_000, 10, 'put')];
    const book = handMadeBook(ASSETS, two, { instruments: [CALL, PUT], funds: [fund] });
    const borne = [{}, { fundAmount: [0] }].map((changes, row) => {
      const view = handMadeView(book, changes);
      const [offer] = buyBack.claims(view, [row as AccountRow])[0]!.offers(view) as [Offer];
      return offer
        .at(1)
        .flatMap(({ effects }) => effects.flatMap((one) => (one.kind === 'badDebt' ? [one.borneBy] : [])));
    });
    expect(borne).toEqual([['fund'], ['others']]);
  });
});

const WAD = 10n ** 18n;
