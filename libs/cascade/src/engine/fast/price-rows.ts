import { readTable, type Book, type BookValues } from '@undertow/book';

/**
 * The prices that lines are over, as rows: of every oracle, then of every option series what a contract is worth and what a writer
 * must put up for it, then a dollar, whose price never moves.
 */
export interface PriceRows {
  readonly valueOf: (instrument: number) => number;
  readonly marginOf: (instrument: number) => number;
  readonly dollar: number;
  /** Writes the prices of a view into `into`. */
  fill(view: Pick<BookValues, 'oraclePriceUsd' | 'volatilityFactor'>, into: Float64Array): Float64Array;
  readonly count: number;
}

export function oracleRows({ oracles, instruments }: Book): PriceRows {
  const dollar = oracles.length + 2 * instruments.length;
  return {
    valueOf: (instrument) => oracles.length + instrument,
    marginOf: (instrument) => oracles.length + instruments.length + instrument,
    dollar,
    count: dollar + 1,
    fill({ oraclePriceUsd, volatilityFactor }, into) {
      into.set(oraclePriceUsd);
      for (const [row, series] of instruments.entries()) {
        const at = { spotUsd: oraclePriceUsd[series.underlying]!, volatilityFactor };
        into[oracles.length + row] = readTable(series, series.valueUsd, at);
        into[oracles.length + instruments.length + row] = readTable(series, series.marginUsd, at);
      }
      into[dollar] = 1;
      return into;
    },
  };
}

/** Rows of market prices: of every asset, then of every option series what a contract is worth where its underlying trades. */
export interface MarketRows {
  readonly valueOf: (instrument: number) => number;
  fill(marketUsd: Float64Array, volatilityFactor: number, into: Float64Array): Float64Array;
  readonly count: number;
}

export function marketRows({ assets, instruments, oracles }: Book): MarketRows {
  return {
    valueOf: (instrument) => assets.length + instrument,
    count: assets.length + instruments.length,
    fill(marketUsd, volatilityFactor, into) {
      into.set(marketUsd);
      for (const [row, series] of instruments.entries()) {
        const spotUsd = marketUsd[oracles[series.underlying]!.asset]!;
        into[assets.length + row] = readTable(series, series.valueUsd, { spotUsd, volatilityFactor });
      }
      return into;
    },
  };
}
