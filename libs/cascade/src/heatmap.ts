import type { Book } from '@undertow/book';
import type { Address } from '@undertow/market';
import { BadDataError } from '@undertow/units';
import { assetsAtRisk, type MovedName } from './assets-at-risk.ts';
import type { Engine, EngineKind } from './engine/engine.ts';
import { openEngine } from './engine/open-engine.ts';
import type { Outcome } from './engine/outcome.ts';

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

/** A cell by what moves in it, and how far. */
export type CellName = MovedName & { readonly move: number };

/** Which rows of a heatmap, and what runs it. */
export interface HeatmapOptions {
  /** Default: all of `assetsAtRisk`. */
  readonly rows?: readonly MovedName[];
  readonly engine?: EngineKind;
}

/**
 * One cascade per reference (or asset with a discount of its own) and move, each from the book as it is: falls for what is held,
 * rises for what is owed. All of it is one run of an engine.
 *
 * @throws BadDataError as `simulate` does.
 */
export function heatmap(
  book: Book,
  moves: readonly number[],
  { rows = assetsAtRisk(book), engine: kind = 'fast' }: HeatmapOptions = {},
): HeatmapRow[] {
  const described = rows.map((row) => describe(book, row));
  const names = rows.flatMap((row) => moves.map((move): CellName => ({ ...row, move })));
  const cells = names.length === 0 ? [] : heatmapCells(book, openEngine(book, { kind }), names);
  return described.map((row, i) => ({
    ...row,
    cells: cells.slice(i * moves.length, (i + 1) * moves.length),
  }));
}

/** Cells of a heatmap in the order in which they are named, by one run of an engine that was opened for the book. */
export function heatmapCells(book: Book, engine: Engine, names: readonly CellName[]): HeatmapCell[] {
  const assets = names.map((name) => describe(book, name).asset);
  const cells: HeatmapCell[] = [];
  engine.run(
    names.map((move) => ({ moves: [move] })),
    (outcome, i) => {
      const { move } = names[i]!;
      cells.push(cellOf(move, outcome, finalMove(book, assets[i], outcome) ?? move));
    },
  );
  return cells;
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

function cellOf(move: number, outcome: Outcome, finalMove: number): HeatmapCell {
  const { liquidatedUsd, firstRoundUsd } = outcome;
  return {
    move,
    accounts: outcome.accounts,
    liquidatedUsd,
    badDebtUsd: outcome.badDebtUsd,
    shortfallUsd: outcome.shortfallUsd,
    lossUsd: outcome.lossUsd,
    lossAtSaleUsd: outcome.lossAtSaleUsd,
    stuckUsd: outcome.stuckUsd,
    rounds: outcome.accountsPerRound.length,
    converged: outcome.converged,
    amplification: firstRoundUsd > 0 ? liquidatedUsd / firstRoundUsd : undefined,
    finalMove,
  };
}

function finalMove(
  { assets }: Book,
  asset: Address | undefined,
  { assetMarketUsd }: Outcome,
): number | undefined {
  const row = assets.findIndex(({ address }) => address === asset);
  return row === -1 ? undefined : assetMarketUsd[row]! / assets[row]!.oraclePriceUsd - 1;
}
