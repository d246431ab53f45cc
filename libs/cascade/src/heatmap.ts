import type { Book } from '@undertow/book';
import { assetsAtRisk } from './assets-at-risk.ts';
import { simulate } from './simulate.ts';

/** The outcome of one drop of one asset. */
export interface HeatmapCell {
  /** Ratio; 0.2 = 20 % down. */
  readonly drop: number;
  readonly accounts: number;
  readonly liquidatedUsd: number;
  readonly badDebtUsd: number;
  readonly rounds: number;
  readonly converged: boolean;
  /** Undefined when nobody is liquidated. */
  readonly amplification: number | undefined;
  /** Price at the end ÷ price before the drop − 1. */
  readonly finalMove: number;
}

/** One asset's cells, in the order of the drops. */
export interface HeatmapRow {
  readonly asset: string;
  readonly symbol: string;
  readonly priceUsd: number;
  /** The asset whose price moves this one's: a drop of this row is one of the ratio to it. Undefined: a price of its own. */
  readonly derivedFrom: { readonly asset: string; readonly symbol: string } | undefined;
  readonly cells: readonly HeatmapCell[];
}

/**
 * One cascade per asset and drop, each from the book as it is. Drops are ratios (0.2 = 20 % down, below 1).
 * Assets: those named by address, else all of `assetsAtRisk`.
 *
 * @throws BadDataError as `simulate` does.
 */
export function heatmap(
  book: Book,
  drops: readonly number[],
  { assets = assetsAtRisk(book) }: { readonly assets?: readonly string[] } = {},
): HeatmapRow[] {
  return assets.map((address) => {
    const asset = book.assets.find((known) => known.address === address);
    const base = asset?.derivedFrom && book.assets[asset.derivedFrom.asset];
    return {
      asset: address,
      symbol: asset?.symbol ?? '',
      priceUsd: asset?.oraclePriceUsd ?? 0,
      derivedFrom: base && { asset: base.address, symbol: base.symbol },
      cells: drops.map((drop) => cellOf(book, address, drop)),
    };
  });
}

function cellOf(book: Book, address: string, drop: number): HeatmapCell {
  const result = simulate(book, { shocks: { [address]: -drop } });
  const path = result.byAsset.find(({ asset }) => asset === address)!;
  return {
    drop,
    accounts: result.accounts,
    liquidatedUsd: result.liquidatedUsd,
    badDebtUsd: result.badDebtUsd,
    rounds: result.rounds.length,
    converged: result.converged,
    amplification: result.amplification,
    finalMove: path.priceAfterUsd / path.priceBeforeUsd - 1,
  };
}
