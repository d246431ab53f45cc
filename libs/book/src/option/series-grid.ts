import {
  closingCost,
  closingModel,
  optionValues,
  type ClosingModel,
  type OptionType,
  type OptionValues,
  type SeriesState,
  type SeriesVolatility,
} from '@undertow/market';
import type { DraftPrice } from '../draft-price.ts';
import { seriesState, type OptionSeries } from './series.ts';

/** One contract, wad. */
const CONTRACT = 10n ** 18n;

/**
 * Grid of prices as shares of the present one, in even ratios: steps of 1.5 % from 30 % to 150 %, and wider ones outside,
 * where options are all but worthless or all but the underlying. Between its points, linear tables are within 0.01 % of
 * the underlying's price for margins and within 0.08 % for closing prices, which bend sharply where the least price
 * binds. Over many positions errors are far smaller: 0.01 % of what liquidations take, measured on the local chain.
 */
const SPOT_RANGES: readonly { readonly from: number; readonly to: number; readonly step: number }[] = [
  { from: 0.05, to: 0.3, step: 0.14 },
  { from: 0.3, to: 1.5, step: 0.015 },
  { from: 1.5, to: 3, step: 0.08 },
];
const SPOT_FACTORS = spotFactors();

/** Grid of volatilities as shares of the present one. */
const VOLATILITY_FACTORS = [0.5, 1, 2];

/** What the pricing model gives for a series over prices × volatilities: the same for every type of option in it. */
export interface SeriesGrid {
  readonly series: OptionSeries;
  readonly underlying: DraftPrice;
  readonly spotUsd: Float64Array;
  readonly volatilityFactor: Float64Array;
  /** By price. */
  readonly states: readonly SeriesState[];
  /** By volatility, then price. */
  readonly cells: readonly GridCell[];
}

interface GridCell {
  readonly state: SeriesState;
  readonly volatility: SeriesVolatility;
  /** Values at the present volatility, and what a liquidation is priced by. */
  readonly present: OptionValues;
  readonly model: ClosingModel;
}

export interface SeriesGridOf {
  readonly series: OptionSeries;
  readonly volatility: SeriesVolatility;
  readonly underlying: DraftPrice;
  /** Unix seconds. */
  readonly time: number;
}

/** The grid of a series from the exact pricing model: a tenth of a second for ten series. */
export function seriesGrid({ series, volatility, underlying, time }: SeriesGridOf): SeriesGrid {
  const spotUsd = Float64Array.from(SPOT_FACTORS, (factor) => underlying.usd * factor);
  // Nine digits of a dollar are more than a feed says.
  const states = Array.from(spotUsd, (usd) =>
    seriesState(series, { time, spotWad: BigInt(Math.round(usd * 1e9)) * 10n ** 9n }),
  );
  const cells = VOLATILITY_FACTORS.flatMap((factor) => {
    const scaled = scale(volatility, factor);
    const volatilityWad = (scaled.baseWad * scaled.skewWad) / CONTRACT;
    return states.map((state): GridCell => ({
      ...{ state, volatility: scaled, present: optionValues({ ...state, volatilityWad }) },
      model: closingModel(ofOneContract(series, state, scaled)),
    }));
  });
  return {
    series,
    underlying,
    spotUsd,
    volatilityFactor: Float64Array.from(VOLATILITY_FACTORS),
    states,
    cells,
  };
}

/** What closing one contract costs a liquidated writer, quote, wad, fees included but for the fee on the pool's vega. */
export function closingWad({ series }: SeriesGrid, cell: GridCell, type: OptionType): bigint {
  return closingCost({ ...ofOneContract(series, cell.state, cell.volatility), type }, cell.model).costWad;
}

function ofOneContract({ market }: OptionSeries, series: SeriesState, volatility: SeriesVolatility) {
  return { amountWad: CONTRACT, series, volatility, market };
}

/** All volatilities of the board by a factor, its averages too; the strikes' ratios to it stay. */
function scale(volatility: SeriesVolatility, factor: number): SeriesVolatility {
  const thousandths = BigInt(Math.round(factor * 1_000));
  const scaled = (valueWad: bigint) => (valueWad * thousandths) / 1_000n;
  return {
    ...volatility,
    baseWad: scaled(volatility.baseWad),
    varianceAverageWad: scaled(volatility.varianceAverageWad),
    closingBaseWad: scaled(volatility.closingBaseWad),
  };
}

function spotFactors(): readonly number[] {
  const inner = SPOT_RANGES.flatMap(({ from, to, step }) => {
    const count = Math.ceil(Math.log(to / from) / Math.log(1 + step));
    return Array.from({ length: count }, (_, i) => from * (to / from) ** (i / count));
  });
  return [...inner, SPOT_RANGES.at(-1)!.to];
}
