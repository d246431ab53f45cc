import type { AccountRow, ReferenceRow } from '@undertow/book';
import { optionValues } from '@undertow/market';
import {
  handMadeBook,
  type HandMadeAccount,
  type HandMadeAsset,
  type HandMadeInstrument,
} from '../../../cascade/src/fixtures/hand-made-book.ts';
import { blackScholes } from '../pricing/black-scholes.ts';
import { gridMargin } from '../scenario-grid/grid-margin.ts';
import { PORTFOLIO_MARGIN_33 } from '../scenario-grid/presets.ts';
import { bookPortfolio, derivativeReferences } from './book-portfolio.ts';
import { seriesModel } from './series-model.ts';

const TIME = 1_700_000_000;
const YEARS = 30 / 365;
const EXPIRY = TIME + 30 * 86_400;
const ASSETS: readonly HandMadeAsset[] = [
  { symbol: 'USDC', priceUsd: 1, decimals: 6 },
  { symbol: 'WETH', priceUsd: 2_000, decimals: 18, liquidity: 1e6 },
  { symbol: 'stETH', priceUsd: 2_200, decimals: 18, tie: { to: 'WETH' } },
  { symbol: 'WBTC', priceUsd: 60_000, decimals: 8, liquidity: 1e6 },
];

/** Prices from a tenth of the present one to three times it, as tables of venues have them. */
const SPOTS = Array.from({ length: 60 }, (_, row) => 200 * 30 ** (row / 59));

/** A series whose table is Black–Scholes with a rate of 5 %. */
function series(id: string, isCall: boolean, strikeUsd: number, volatility: number): HandMadeInstrument {
  return {
    venue: 'option',
    id,
    underlying: 'WETH',
    isCall,
    strikeUsd,
    expiry: EXPIRY,
    spotUsd: SPOTS,
    volatilityFactor: [0.5, 1, 2],
    valueUsd: (spotUsd, factor) =>
      blackScholes({ isCall, spotUsd, strikeUsd, years: YEARS, volatility: volatility * factor, rate: 0.05 }),
    marginUsd: () => 0,
  };
}

const instruments = [
  series('call', true, 2_500, 0.9),
  series('put', false, 1_200, 1.1),
  series('far', true, 2_000, 0),
];
const WRITTEN: HandMadeAccount = {
  venue: 'option',
  market: '1',
  legs: [
    { asset: 'USDC', amount: 5_000, threshold: 1 },
    { asset: 'WETH', amount: -3, instrument: 'call', role: 'option' },
  ],
};
const HELD: HandMadeAccount = {
  venue: 'option',
  market: '2',
  legs: [{ asset: 'WETH', amount: 2, instrument: 'put', role: 'option' }],
};
const LENT: HandMadeAccount = {
  venue: 'aave30',
  legs: [
    { asset: 'stETH', amount: 4, threshold: 0.8 },
    { asset: 'USDC', amount: -1_500 },
    { asset: 'WETH', amount: -0.5 },
  ],
};
const row = (place: number) => place as AccountRow;
const ETH = (book: { references: readonly { symbol: string }[] }) =>
  book.references.findIndex(({ symbol }) => symbol === 'WETH') as ReferenceRow;

describe('bookPortfolio', () => {
  test('gives a grid the volatility and the interest that the tables were made with', () => {
    const book = handMadeBook(ASSETS, [WRITTEN, HELD], { instruments });
    const { portfolio, left } = bookPortfolio(book, { accounts: [row(0), row(1)], underlying: ETH(book) });
    expect(left).toEqual([]);
    const [expiry] = portfolio.expiries;
    expect(expiry!.secondsToExpiry).toBe(30 * 86_400);
    expect(expiry!.rate.value).toBeCloseTo(0.05, 8);
    expect(expiry!.forward.moving).toBeCloseTo(2_000 * Math.exp(0.05 * YEARS), 6);
    expect(expiry!.options.map(({ amount, volatility }) => [amount, volatility.value])).toEqual([
      [-3, expect.closeTo(0.9, 8)],
      [2, expect.closeTo(1.1, 8)],
    ]);
    const price = (isCall: boolean, strikeUsd: number, volatility: number) =>
      blackScholes({ isCall, spotUsd: 2_000, strikeUsd, years: YEARS, volatility, rate: 0.05 });
    const found = gridMargin(portfolio, PORTFOLIO_MARGIN_33);
    expect(found.equityUsd).toBeCloseTo(
      5_000 - 3 * price(true, 2_500, 0.9) + 2 * price(false, 1_200, 1.1),
      6,
    );
  });

  test('lending moves with the underlying where it is of its family', () => {
    const book = handMadeBook(ASSETS, [LENT]);
    const haircut = () => ({ maintenance: 0.1, initial: 0.1 });
    const { portfolio } = bookPortfolio(book, { accounts: [row(0)], underlying: ETH(book), haircut });
    expect(portfolio.cashUsd).toBe(-1_500);
    expect(
      portfolio.collaterals.map(({ amount, moves, haircut: { initial } }) => [amount, moves, initial]),
    ).toEqual([
      [4, true, 0.1],
      [-0.5, true, 0],
    ]);
    const { equityUsd, scenarios } = gridMargin(portfolio, PORTFOLIO_MARGIN_33);
    expect(equityUsd).toBeCloseTo(4 * 2_200 - 1_000 - 1_500, 9);
    expect(scenarios[0]!.collateralUsd).toBeCloseTo(0.18 * (8_800 - 1_000), 9);
  });

  test('perpetuals are one position, and what their notional leaves is not settled', () => {
    const traded: HandMadeAccount = {
      venue: 'perpetual',
      legs: [
        { asset: 'WETH', amount: 3, role: 'base', market: 'WETH' },
        { asset: 'USDC', amount: -5_800, role: 'notional', market: 'WETH' },
        { asset: 'WBTC', amount: -0.1, role: 'base', market: 'WBTC' },
        { asset: 'USDC', amount: 6_100, role: 'notional', market: 'WBTC' },
        { asset: 'USDC', amount: 700, role: 'cash' },
      ],
    };
    const book = handMadeBook(ASSETS, [traded]);
    const { portfolio, left } = bookPortfolio(book, { accounts: [row(0)], underlying: ETH(book) });
    expect(portfolio.perpetual).toEqual({
      amount: 3,
      price: { value: 2_000, confidence: 1 },
      unsettledUsd: 200,
    });
    expect(portfolio.cashUsd).toBe(700);
    expect(left.map(({ reason }) => reason)).toEqual(['it is on WBTC', 'it is on WBTC']);
    expect(derivativeReferences(book, [row(0)]).map((at) => book.references[at]!.symbol)).toEqual([
      'WETH',
      'WBTC',
    ]);
  });

  test('says which option has no volatility, and why', () => {
    const far: HandMadeAccount = {
      venue: 'option',
      legs: [{ asset: 'WETH', amount: -1, instrument: 'far', role: 'option' }],
    };
    const book = handMadeBook(ASSETS, [far], { instruments });
    const { portfolio, left } = bookPortfolio(book, { accounts: [row(0)], underlying: ETH(book) });
    expect(portfolio.expiries).toEqual([]);
    expect(left).toEqual([{ leg: 0, reason: expect.stringMatching(/says no volatility: the price/) }]);
  });
});

describe('seriesModel', () => {
  const wad = (value: number) => BigInt(Math.round(value * 1e9)) * 10n ** 9n;

  test.each([
    [7, 0.6],
    [28, 0.945],
    [77, 1.5],
    [300, 0.8],
  ])('finds what an exact model was given, %p days before expiry', (days, volatility) => {
    for (const isCall of [true, false])
      for (const strikeUsd of [1_500, 2_000, 2_600]) {
        const values = SPOTS.map((spotUsd) =>
          optionValues({
            secondsToExpiry: BigInt(days * 86_400),
            volatilityWad: wad(volatility),
            spotWad: wad(spotUsd),
            strikePriceWad: wad(strikeUsd),
            rateWad: wad(0.05),
          }),
        );
        const [instrument] = handMadeBook(ASSETS, [], {
          instruments: [
            {
              ...series('exact', isCall, strikeUsd, 0),
              volatilityFactor: [1],
              expiry: TIME + days * 86_400,
              valueUsd: (spotUsd) => {
                const { callWad, putWad } = values[SPOTS.indexOf(spotUsd)]!;
                return Number(isCall ? callWad : putWad) / 1e18;
              },
            },
          ],
        }).instruments;
        const found = seriesModel(instrument!, TIME);
        if ('reason' in found) throw new Error(found.reason);
        expect(Math.abs(found.volatility / volatility - 1)).toBeLessThan(1e-8);
        expect(Math.abs(found.discount - Math.exp((-0.05 * days) / 365))).toBeLessThan(1e-9);
      }
  });
});
