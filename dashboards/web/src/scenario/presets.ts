import type { KnownRow } from './assets.ts';
import type { Move } from './scenario.ts';

/** A ready-made scenario. */
export interface Preset {
  readonly name: string;
  readonly moves: readonly Move[];
  /** What the depth of markets is multiplied by; as it was chosen, where it is left out. */
  readonly depth?: number;
}

/** The falls of the main reference that risk desks quote. */
const FALLS = [-0.1, -0.2, -0.3];

/**
 * Ready-made scenarios that risk desks speak of: falls of what most of the money hangs on, all references together, what should be
 * worth what it is tied to, oracles that are wrong, oracles that catch up with their markets, and markets that are thin.
 *
 * @param main what most of the money hangs on, by name; the first reference where it is not known.
 */
export function presets(known: readonly KnownRow[], main?: string): Preset[] {
  const isStable = ({ priceUsd }: KnownRow) => Math.abs(priceUsd - 1) <= 0.05;
  const all = (rows: readonly KnownRow[], move: number) => rows.map(({ name }) => ({ what: name, move }));
  const volatile = known.filter((row) => row.kind === 'reference' && !isStable(row));
  const stable = known.filter(isStable);
  const tied = known.filter((row) => row.kind === 'asset' && !isStable(row));
  const of = (rows: readonly KnownRow[], many: string) => (rows.length === 1 ? rows[0]!.symbol : many);
  const first = volatile.find(({ name }) => name === main) ?? volatile[0];
  const fall = (move: number) => (first ? all([first], move) : []);
  const inWords = (move: number) => `−${Math.round(-move * 100)} %`;
  const believed = first?.family[0];
  return [
    ...FALLS.map((move) => ({ name: `${first?.symbol} ${inWords(move)}`, moves: fall(move) })),
    { name: 'Broad downturn −30 %', moves: all(volatile, -0.3) },
    { name: 'Rally +30 %', moves: all(volatile, 0.3) },
    { name: `${of(tied, 'Tied tokens')} depeg −10 %`, moves: all(tied, -0.1) },
    { name: `${of(stable, 'Stablecoins')} −5 %`, moves: all(stable, -0.05) },
    {
      name: `Oracles alone: ${believed} −20 %`,
      moves: believed === undefined ? [] : [{ what: `oracle:${believed}`, move: -0.2 }],
    },
    { name: 'Late oracles land', moves: first ? [{ what: 'landed', move: 1 }] : [] },
    { name: `${first?.symbol} −20 %, half the depth`, moves: fall(-0.2), depth: 0.5 },
  ].filter(({ moves }) => moves.length > 0);
}
