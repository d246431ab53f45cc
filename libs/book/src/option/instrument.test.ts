import {
  closingCost,
  leastCollateral,
  optionValues,
  type OptionMarketTerms,
  type OptionType,
  type SeriesVolatility,
} from '@undertow/market';
import { fixedPrice } from '../draft-price.ts';
import type { DraftInstrument } from '../draft.ts';
import { readTable } from '../value-account.ts';
import type { BookInstrument } from '../book.ts';
import { optionInstrument, seriesLabel } from './instrument.ts';
import { isoDay } from './iso-day.ts';
import { seriesState, type OptionSeries } from './series.ts';
import { seriesGrid } from './series-grid.ts';

const WAD = 10n ** 18n;
const wad = (value: number): bigint => BigInt(Math.round(value * 1e9)) * 10n ** 9n;
const TIME = 1_700_000_000;
const SPOT_USD = 3_000;

const market: OptionMarketTerms = {
  ...{ form: 'option-market', quoteAsset: '0x01', baseAsset: '0x02', baseFollows: '0x03' },
  ...{ oracle: { form: 'feed', feed: '0x04' }, isMarketPaused: false, isGlobalPaused: false },
  averaging: {
    variancePeriod: 86_400n,
    skewFloorWad: WAD / 2n,
    skewCapWad: 2n * WAD,
    rateAndCarryWad: wad(0.05),
  },
  margin: {
    ...{
      leastQuoteWad: wad(200),
      leastBaseWad: wad(0.2),
      callSpotShockWad: wad(1.2),
      putSpotShockWad: wad(0.8),
    },
    ...{
      shockVolatilityAWad: wad(2.5),
      pointA: 1_209_600n,
      shockVolatilityBWad: wad(1.8),
      pointB: 4_838_400n,
    },
  },
  closing: {
    ...{ volatilityPeriod: 43_200n, skewPeriod: 86_400n, leastOfSpotWad: wad(0.02) },
    ...{ volatilityShockWad: wad(1.3), lateVolatilityShockWad: wad(1.6) },
  },
  fees: {
    ofPremium: { coefficientWad: wad(0.01), pointA: 3_628_800n, pointB: 9_676_800n },
    ofSpot: { coefficientWad: wad(0.002), pointA: 3_628_800n, pointB: 7_257_600n },
    ...{ vegaCoefficientWad: wad(100), standardSizeWad: wad(20_000), skewAdjustmentWad: wad(0.75) },
  },
  varianceFee: {
    ...{ coefficientWad: wad(0.25), skewCoefficientWad: wad(3), referenceSkewWad: WAD, leastSkewWad: WAD },
    ...{
      vegaCoefficientWad: wad(0.01),
      leastVegaWad: 0n,
      varianceCoefficientWad: wad(1.5),
      leastVarianceWad: WAD,
    },
  },
  limits: { cutoff: 43_200n, leastSkewWad: wad(0.15), mostSkewWad: wad(5), capsSkew: false },
  penalty: {
    ...{
      penaltyWad: wad(0.2),
      liquidatorShareWad: wad(0.4),
      securityShareWad: wad(0.3),
      leastFeeWad: wad(15),
    },
  },
  exchangeFeeWad: wad(0.0075),
};

const series = (strike: number, days: number): OptionSeries => ({
  ...{
    id: 'strike:1',
    market,
    series: { form: 'option-series', board: 'board:1', strikePriceWad: wad(strike) },
  },
  board: { form: 'option-board', expiry: TIME + days * 86_400, isFrozen: false },
});
const volatility: SeriesVolatility = {
  ...{ baseWad: wad(0.9), varianceAverageWad: wad(0.91), skewWad: wad(1.05) },
  ...{ closingBaseWad: wad(0.92), closingSkewWad: wad(1.04) },
};
const underlying = fixedPrice('0x04', BigInt(SPOT_USD) * 10n ** 8n, SPOT_USD);

function instrument(of: OptionSeries, type: OptionType): DraftInstrument & BookInstrument {
  const grid = seriesGrid({ series: of, volatility, underlying, time: TIME });
  return optionInstrument(grid, type, 'sETH') as DraftInstrument & BookInstrument;
}

const toNumber = (value: bigint) => Number(value) / 1e18;
const SPOTS = Array.from({ length: 90 }, (_, i) => 1_850 + 29.7 * i);

describe.each([7, 28, 77])('tables %p days before expiry', (days) => {
  const rows = [2_600, 3_000, 3_500].flatMap((strike) =>
    (['short-call-base', 'short-call-quote', 'short-put-quote'] as const).map((type) => ({ strike, type })),
  );

  test.each(rows)('$type at $strike are close to the model between their grid points', ({ strike, type }) => {
    const of = series(strike, days);
    const table = instrument(of, type);
    for (const spotUsd of SPOTS) {
      const state = seriesState(of, { time: TIME, spotWad: wad(spotUsd) });
      const amountWad = 1_000n * WAD;
      const collateral = toNumber(leastCollateral({ type, amountWad }, state, market.margin)) / 1_000;
      const marginUsd = type === 'short-call-base' ? collateral * spotUsd : collateral;
      const at = { spotUsd, volatilityFactor: 1 };
      expect(Math.abs(readTable(table, table.marginUsd, at) - marginUsd)).toBeLessThan(spotUsd * 1e-4);
      const bound = (value: number) => Math.max(value * 1e-3, spotUsd * 8e-4);
      const cost = closingCost({ type, amountWad: WAD, series: state, volatility, market });
      const closingUsd = toNumber(cost.costWad);
      expect(Math.abs(readTable(table, table.closingUsd, at) - closingUsd)).toBeLessThan(bound(closingUsd));
      const values = optionValues({ ...state, volatilityWad: wad(0.9 * 1.05) });
      const valueUsd = toNumber(type === 'short-put-quote' ? values.putWad : values.callWad);
      expect(Math.abs(readTable(table, table.valueUsd, at) - valueUsd)).toBeLessThan(bound(valueUsd));
    }
  });
});

test('twice the volatility raises values and closing prices, and leaves margins', () => {
  const table = instrument(series(3_000, 28), 'short-put-quote');
  const at = (values: Float64Array, volatilityFactor: number) =>
    readTable(table, values, { spotUsd: SPOT_USD, volatilityFactor });
  expect(at(table.valueUsd, 2)).toBeGreaterThan(1.8 * at(table.valueUsd, 1));
  expect(at(table.closingUsd, 2)).toBeGreaterThan(1.8 * at(table.closingUsd, 1));
  expect(at(table.marginUsd, 2)).toBe(at(table.marginUsd, 1));
});

test('series are called by underlying, strike, kind and day', () => {
  const of = series(2_600.5, 28);
  expect(instrument(of, 'short-call-base').label).toBe('sETH 2600.5 call 2023-12-12');
  expect(seriesLabel(of, 'sETH')).toBe('sETH 2600.5 2023-12-12');
});

test.each([
  [0, '1970-01-01'],
  [951_782_400, '2000-02-29'],
  [4_102_444_799, '2099-12-31'],
  [1_709_251_200, '2024-03-01'],
])('the day of %p is %s', (time, day) => {
  expect(isoDay(time)).toBe(day);
});
