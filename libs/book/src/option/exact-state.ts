import { OPTION_TYPES, type MarginTerms, type OptionType } from '@undertow/market';
import type { OptionSeries } from './series.ts';

/** What the exact margin of a series depends on besides price and time. */
export interface ExactSeries {
  readonly strikePriceWad: bigint;
  readonly expiry: number;
  readonly rateWad: bigint;
  /** Raw answer × this = price, wad. */
  readonly answerScale: bigint;
  readonly margin: MarginTerms;
}

/** `BookExact.marketState` of a series: its fields in the order in which `exactSeries` reads them. */
export function marketState({ market, board, series }: OptionSeries, answerScale: bigint): readonly bigint[] {
  const { margin } = market;
  return [
    series.strikePriceWad,
    BigInt(board.expiry),
    market.averaging.rateAndCarryWad,
    answerScale,
    margin.leastQuoteWad,
    margin.leastBaseWad,
    margin.shockVolatilityAWad,
    margin.pointA,
    margin.shockVolatilityBWad,
    margin.pointB,
    margin.callSpotShockWad,
    margin.putSpotShockWad,
  ];
}

/** The series that a vector stands for. */
export function exactSeries(state: readonly bigint[]): ExactSeries {
  const [strikePriceWad, expiry, rateWad, answerScale, ...margin] = state as [bigint, bigint, bigint, bigint];
  const [leastQuoteWad, leastBaseWad, highVol, pointA, lowVol, pointB, callShock, putShock] =
    margin as bigint[] as [bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint];
  return {
    ...{ strikePriceWad, expiry: Number(expiry), rateWad, answerScale },
    margin: {
      ...{ leastQuoteWad, leastBaseWad, pointA, pointB },
      ...{ shockVolatilityAWad: highVol, shockVolatilityBWad: lowVol },
      ...{ callSpotShockWad: callShock, putSpotShockWad: putShock },
    },
  };
}

/** `BookExact.accountState` holds the type of the position by its place in `OPTION_TYPES`. */
export const typeIndex = (type: OptionType): bigint => BigInt(OPTION_TYPES.indexOf(type));

/** The type at a place. */
export const typeAt = (index: bigint): OptionType => OPTION_TYPES[Number(index)]!;
