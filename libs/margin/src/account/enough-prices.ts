import type { PriceTable } from '@undertow/sweep';

/** Fewer windows for each factor say too little of how factors move together: as the plans of `sweep` ask. */
const WINDOWS_PER_FACTOR = 5;

/** Symbols whose prices tell something together, and why others are left out, in whole sentences. */
export interface EnoughPrices {
  readonly factors: readonly string[];
  readonly missing: readonly string[];
}

interface Column {
  readonly factor: string;
  /** Which windows have prices at both ends. */
  readonly isKnown: Uint8Array;
  readonly windows: number;
  readonly moves: boolean;
}

/**
 * Of some symbols of a table those whose prices tell something together: who has most windows comes first, and whoever leaves fewer than
 * 5 × (factors + 1) windows in which all have prices is left out, as is a price that never moves.
 *
 * @param windowSeconds a whole number of the table's steps.
 */
export function enoughPrices(
  table: PriceTable,
  { factors, windowSeconds }: { readonly factors: readonly string[]; readonly windowSeconds: number },
): EnoughPrices {
  const columns = factors.map((factor) => columnOf(table, factor, windowSeconds / table.stepSeconds));
  const taken: Column[] = [];
  const missing: string[] = [];
  for (const column of columns.toSorted((a, b) => b.windows - a.windows)) {
    const together = windowsOf([...taken, column]);
    const needed = WINDOWS_PER_FACTOR * (taken.length + 2);
    if (together < needed) missing.push(tooFew(column, { together, needed, taken }));
    else if (!column.moves)
      missing.push(`The prices of ${column.factor} never move: it is taken to stand still.`);
    else taken.push(column);
  }
  const kept = new Set(taken.map(({ factor }) => factor));
  return { factors: factors.filter((factor) => kept.has(factor)), missing };
}

function columnOf({ prices, length }: PriceTable, factor: string, steps: number): Column {
  const column = prices.get(factor)!;
  const isKnown = new Uint8Array(Math.max(0, length - steps));
  let [windows, moves] = [0, false];
  for (let at = 0; at < isKnown.length; at++) {
    const [from, to] = [column[at]!, column[at + steps]!];
    if (Number.isNaN(from) || Number.isNaN(to)) continue;
    isKnown[at] = 1;
    windows++;
    moves ||= from !== to;
  }
  return { factor, isKnown, windows, moves };
}

function windowsOf([first, ...others]: readonly Column[]): number {
  return first!.isKnown.reduce(
    (count, known, at) => count + (known === 1 && others.every(({ isKnown }) => isKnown[at] === 1) ? 1 : 0),
    0,
  );
}

function tooFew(
  { factor, windows }: Column,
  {
    together,
    needed,
    taken,
  }: { readonly together: number; readonly needed: number; readonly taken: readonly Column[] },
): string {
  const count = (windows: number) => (windows === 1 ? '1 window' : `${windows} windows`);
  const besides =
    together === windows
      ? `has prices at both ends of ${count(windows)}`
      : `has prices at both ends of ${count(windows)}, and ${count(together)} of them go with ${taken.map((one) => one.factor).join(', ')}`;
  return `${factor} ${besides}, of the ${needed} that it takes: it is taken to stand still.`;
}
