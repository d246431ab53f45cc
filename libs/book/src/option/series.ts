import {
  geometricAverageWad,
  OPTION_MARKET_ID,
  type MarketId,
  type OptionBoardTerms,
  type OptionMarketTerms,
  type OptionSeriesTerms,
  type SeriesState,
  type SeriesVolatility,
  type VenueId,
} from '@undertow/market';
import type { Ledger } from '../ledger.ts';

/** A series with all terms that apply to it. */
export interface OptionSeries {
  readonly id: MarketId;
  readonly market: OptionMarketTerms;
  readonly board: OptionBoardTerms;
  readonly series: OptionSeriesTerms;
}

/** Fields of the venue's terms without which nothing of it can be said. */
const NEEDED = [
  ...['quoteAsset', 'baseAsset', 'baseFollows', 'oracle', 'averaging', 'margin', 'closing', 'fees'],
  ...['varianceFee', 'limits', 'penalty', 'exchangeFeeWad'],
] as const satisfies readonly (keyof OptionMarketTerms)[];

/** The venue's own terms, or what is missing from them. What nobody has set to paused is not. */
export function optionMarket(
  ledger: Ledger,
  venue: VenueId,
): { readonly market: OptionMarketTerms } | { readonly reason: string } {
  const terms = ledger.venues.get(venue)?.markets.get(OPTION_MARKET_ID)?.terms;
  if (terms?.form !== 'option-market') return { reason: 'terms of the option market are not known' };
  const missing = NEEDED.filter((field) => terms[field] === undefined);
  if (missing.length > 0) return { reason: `terms of the option market lack ${missing.join(', ')}` };
  const market = { isMarketPaused: false, isGlobalPaused: false, ...terms } as OptionMarketTerms;
  return { market };
}

/** A series of a venue, or why nothing can be said of it. */
export function optionSeries(
  ledger: Ledger,
  at: { readonly venue: VenueId; readonly id: MarketId; readonly market: OptionMarketTerms },
): OptionSeries | { readonly reason: string } {
  const { venue, id, market } = at;
  const markets = ledger.venues.get(venue)?.markets;
  const terms = markets?.get(id)?.terms;
  if (terms?.form !== 'option-series' || !terms.board || terms.strikePriceWad === undefined)
    return { reason: `terms of ${id} are not known` };
  const board = markets?.get(terms.board)?.terms;
  if (board?.form !== 'option-board' || board.expiry === undefined)
    return { reason: `terms of ${terms.board} are not known` };
  const series = { ...terms, board: terms.board, strikePriceWad: terms.strikePriceWad };
  return { id, market, series, board: { isFrozen: false, ...board, expiry: board.expiry } };
}

/** The series at a time (unix seconds) and price; its expiry is not before it. */
export function seriesState(
  { market, board, series }: OptionSeries,
  { time, spotWad }: { readonly time: number; readonly spotWad: bigint },
): SeriesState {
  return {
    strikePriceWad: series.strikePriceWad,
    secondsToExpiry: BigInt(Math.max(0, board.expiry - time)),
    spotWad,
    rateWad: market.averaging.rateAndCarryWad,
  };
}

/** Volatilities of the series at a time; undefined when the venue has not posted them. */
export function seriesVolatility(
  ledger: Ledger,
  { venue, series, time }: { readonly venue: VenueId; readonly series: OptionSeries; readonly time: number },
): SeriesVolatility | undefined {
  const markets = ledger.venues.get(venue)?.markets;
  const base = markets?.get(series.series.board)?.volatility;
  const skew = markets?.get(series.id)?.volatility;
  if (!base || !skew) return undefined;
  const { closing, averaging } = series.market;
  return {
    baseWad: base.valueWad,
    varianceAverageWad: geometricAverageWad(base.observations, averaging.variancePeriod, time),
    skewWad: skew.valueWad,
    closingBaseWad: geometricAverageWad(base.observations, closing.volatilityPeriod, time),
    closingSkewWad: geometricAverageWad(skew.observations, closing.skewPeriod, time),
  };
}

/** Why no position of a series can be liquidated now; undefined when they can. `OptionMarket._composeTrade`, `_doTrade`. */
export function closedBecause({ market, board }: OptionSeries, time: number): string | undefined {
  if (board.settlementPriceWad !== undefined) return 'settled';
  if (time >= board.expiry) return 'expired and not settled yet';
  if (market.isGlobalPaused || market.isMarketPaused) return 'the market is paused';
  return board.isFrozen ? 'the board is frozen' : undefined;
}

const WAD_DECIMALS = 18;

/** A feed's raw answer × this = price, wad. */
export const answerScale = (feedDecimals: number): bigint => 10n ** BigInt(WAD_DECIMALS - feedDecimals);
