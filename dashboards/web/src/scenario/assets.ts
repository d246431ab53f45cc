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

/** A ready-made scenario. */
export interface Preset {
  readonly name: string;
  readonly moves: readonly Move[];
}

/** Ready-made scenarios that risk desks speak of: all references together, and what should be worth a dollar. */
export function presets(known: readonly KnownRow[]): Preset[] {
  const isStable = ({ priceUsd }: KnownRow) => Math.abs(priceUsd - 1) <= 0.05;
  const all = (rows: readonly KnownRow[], move: number) => rows.map(({ name }) => ({ what: name, move }));
  const volatile = known.filter((row) => row.kind === 'reference' && !isStable(row));
  const stable = known.filter(isStable);
  const tied = known.filter((row) => row.kind === 'asset' && !isStable(row));
  const of = (rows: readonly KnownRow[], many: string) => (rows.length === 1 ? rows[0]!.symbol : many);
  return [
    { name: 'Broad downturn −20 %', moves: all(volatile, -0.2) },
    { name: 'Broad downturn −40 %', moves: all(volatile, -0.4) },
    { name: `${of(tied, 'Tied tokens')} depeg −10 %`, moves: all(tied, -0.1) },
    { name: `${of(stable, 'Stablecoins')} −10 %`, moves: all(stable, -0.1) },
    { name: 'Rally +30 %', moves: all(volatile, 0.3) },
  ].filter(({ moves }) => moves.length > 0);
}
