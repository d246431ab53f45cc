import type { Move } from './scenario.ts';

/** What a row of the heatmap moves: a reference with all that is tied to it, or one asset's own discount. */
export interface KnownRow {
  readonly kind: string;
  /** What a move of it is named by. */
  readonly name: string;
  readonly symbol: string;
  readonly priceUsd: number;
  /** Symbol of what it hangs on; null of a reference. */
  readonly tiedTo: string | null;
  /** Symbols of all that moves along. */
  readonly family: readonly string[];
}

/** The known row that a move names; undefined when it is something else: an oracle, a feed, an asset without a row. */
export const rowOf = <Row extends KnownRow>({ what }: Move, known: readonly Row[]): Row | undefined =>
  known.find(({ name }) => name === what);

/**
 * Price right after the moves ÷ price before, as the engine has it: a move is all told, so that one's own is all that counts; else
 * it moves as what it hangs on.
 */
export function shockFactor(row: KnownRow, moves: readonly Move[], known: readonly KnownRow[]): number {
  let at: KnownRow | undefined = row;
  // As many steps as there are rows end any chain.
  for (let step = 0; at && step < known.length; step++) {
    const name: string = at.name;
    const own = moves.find(({ what }) => what === name);
    if (own) return 1 + own.move;
    at = at.tiedTo === null ? undefined : baseOf(at.tiedTo, known);
  }
  return 1;
}

/** The row of what something hangs on: its own, or that of the reference whose family it belongs to. */
function baseOf(symbol: string, known: readonly KnownRow[]): KnownRow | undefined {
  return (
    known.find((row) => row.symbol === symbol) ??
    known.find(({ kind, family }) => kind === 'reference' && family.includes(symbol))
  );
}
