import type { Book } from '@undertow/book';
import type { Address } from '@undertow/market';
import { BadDataError } from '@undertow/units';
import { assetsAtRisk, type MovedName } from './assets-at-risk.ts';
import type { CascadeResult } from './result.ts';
import { simulate } from './simulate.ts';

/** The outcome of one move of one reference or asset. */
export interface HeatmapCell {
  /** Ratio; -0.2 = 20 % down, 0.2 = 20 % up. */
  readonly move: number;
  readonly accounts: number;
  readonly liquidatedUsd: number;
  readonly badDebtUsd: number;
  readonly shortfallUsd: number;
  /** Bad debt and shortfall together, with oracles that follow between rounds. */
  readonly lossUsd: number;
  readonly lossAtSaleUsd: number;
  readonly stuckUsd: number;
  readonly rounds: number;
  readonly converged: boolean;
  /** Undefined when nobody is liquidated. */
  readonly amplification: number | undefined;
  /** Market price at the end ÷ price before the move − 1. */
  readonly finalMove: number;
}

/** One row's cells, in the order of the moves. */
export interface HeatmapRow {
  /** What moves: a reference with all that is tied to it, or one asset's own discount. */
  readonly kind: MovedName['kind'];
  /** Symbol of the reference or the asset. */
  readonly symbol: string;
  /** The asset, or the one that stands for the reference; undefined when the book has none. */
  readonly asset: Address | undefined;
  readonly priceUsd: number;
  /** Symbol of what the asset hangs on; undefined of a reference. */
  readonly tiedTo: string | undefined;
  /** Symbols of all assets that move along. */
  readonly family: readonly string[];
  readonly cells: readonly HeatmapCell[];
}

/**
 * One cascade per reference (or asset with a discount of its own) and move, each from the book as it is: falls for what is held,
 * rises for what is owed. Rows: those named, else all of `assetsAtRisk`.
 *
 * @throws BadDataError as `simulate` does.
 */
export function heatmap(
  book: Book,
  moves: readonly number[],
  { rows = assetsAtRisk(book) }: { readonly rows?: readonly MovedName[] } = {},
): HeatmapRow[] {
  return rows.map((name) => {
    const described = describe(book, name);
    return { ...described, cells: moves.map((move) => cellOf(book, name, { move, asset: described.asset })) };
  });
}

function describe(book: Book, name: MovedName): Omit<HeatmapRow, 'cells'> {
  const { assets, references } = book;
  if (name.kind === 'asset') {
    const row = assets.findIndex(({ address }) => address === name.asset);
    const asset = assets[row];
    if (!asset) throw new BadDataError(`the book has no asset ${name.asset}`);
    const { tie, symbol, oraclePriceUsd } = asset;
    const tiedTo = tie.to === undefined ? references[asset.reference]!.symbol : assets[tie.to]!.symbol;
    const family = assets.flatMap((one) => (one.tie.to === row || one === asset ? [one.symbol] : []));
    return { kind: 'asset', symbol, asset: name.asset, priceUsd: oraclePriceUsd, tiedTo, family };
  }
  const row = references.findIndex(({ symbol }) => symbol === name.symbol);
  const reference = references[row];
  if (!reference) throw new BadDataError(`the book has no reference ${name.symbol}`);
  const family = assets.filter((asset) => asset.reference === row);
  const anchor = family.find(({ tie }) => tie.to === undefined);
  return {
    kind: 'reference',
    symbol: name.symbol,
    asset: anchor?.address,
    priceUsd: reference.priceUsd,
    tiedTo: undefined,
    family: family.map(({ symbol }) => symbol),
  };
}

function cellOf(
  book: Book,
  name: MovedName,
  { move, asset }: { readonly move: number; readonly asset: Address | undefined },
): HeatmapCell {
  const result = simulate(book, { moves: [{ ...name, move }] }, { band: false });
  return {
    move,
    accounts: result.accounts,
    liquidatedUsd: result.liquidatedUsd,
    badDebtUsd: result.badDebtUsd,
    shortfallUsd: result.shortfallUsd,
    lossUsd: result.lossUsd,
    lossAtSaleUsd: result.lossAtSaleUsd,
    stuckUsd: result.stuckUsd,
    rounds: result.rounds.length,
    converged: result.converged,
    amplification: result.amplification,
    finalMove: finalMove(result, asset) ?? move,
  };
}

function finalMove({ byAsset }: CascadeResult, asset: Address | undefined): number | undefined {
  const path = byAsset.find((one) => one.asset === asset);
  return path && path.marketAfterUsd / path.oracleBeforeUsd - 1;
}
