import { isCallOption, leastCollateral, type OptionType } from '@undertow/market';
import type { DraftInstrument } from '../draft.ts';
import { isoDay } from './iso-day.ts';
import type { OptionSeries } from './series.ts';
import { closingWad, type SeriesGrid } from './series-grid.ts';

/** One contract, wad. */
const CONTRACT = 10n ** 18n;

/** Name of the instrument of a series and type among those of a venue. */
export const instrumentId = (series: string, type: OptionType): string => `${series} ${type}`;

/** What a series is called, such as `sETH 3000 2023-12-11`; with its kind `sETH 3000 call 2023-12-11`. */
export function seriesLabel({ series, board }: OptionSeries, symbol: string, kind?: 'call' | 'put'): string {
  const words = [symbol, toNumber(series.strikePriceWad), kind, isoDay(board.expiry)];
  return words.filter((word) => word !== undefined).join(' ');
}

/**
 * The tables of one type of option in a series, from the exact pricing model: what a contract is worth at the present
 * volatility, what the venue charges a liquidated writer for it, and what a writer must put up, which does not depend
 * on implied volatility here.
 */
export function optionInstrument(grid: SeriesGrid, type: OptionType, symbol: string): DraftInstrument {
  const { series, underlying, spotUsd, volatilityFactor } = grid;
  const { market } = series;
  const isCall = isCallOption(type);
  const noLeast = { ...market.margin, leastQuoteWad: 0n, leastBaseWad: 0n };
  const marginUsd = grid.states.map((state, spot) => {
    const collateral = toNumber(leastCollateral({ type, amountWad: CONTRACT }, state, noLeast));
    return type === 'short-call-base' ? collateral * spotUsd[spot]! : collateral;
  });
  return {
    id: instrumentId(series.id, type),
    label: seriesLabel(series, symbol, isCall ? 'call' : 'put'),
    underlying: { asset: market.baseAsset, price: underlying },
    isCall,
    strikeUsd: toNumber(series.series.strikePriceWad),
    expiry: series.board.expiry,
    spotUsd,
    volatilityFactor,
    valueUsd: Float64Array.from(grid.cells, ({ present }) =>
      toNumber(isCall ? present.callWad : present.putWad),
    ),
    closingUsd: Float64Array.from(grid.cells, (cell) => toNumber(closingWad(grid, cell, type))),
    marginUsd: Float64Array.from(Array.from(volatilityFactor).flatMap(() => marginUsd)),
    leastMargin: leastMargin(series, type),
    penalty: {
      share: toNumber(market.penalty.penaltyWad),
      leastUsd: toNumber(market.penalty.leastFeeWad),
      liquidatorShare: toNumber(market.penalty.liquidatorShareWad),
      exchangeFee: toNumber(market.exchangeFeeWad),
    },
  };
}

/** See `BookInstrument.leastMargin`: what the least collateral of a position is, and what caps it. */
function leastMargin({ market, series }: OptionSeries, type: OptionType): DraftInstrument['leastMargin'] {
  if (type === 'short-call-base')
    return { amount: toNumber(market.margin.leastBaseWad), mostPerContract: 1, inUnderlying: true };
  return {
    amount: toNumber(market.margin.leastQuoteWad),
    mostPerContract: type === 'short-put-quote' ? toNumber(series.strikePriceWad) : undefined,
    inUnderlying: false,
  };
}

const toNumber = (valueWad: bigint): number => Number(valueWad) / 1e18;
