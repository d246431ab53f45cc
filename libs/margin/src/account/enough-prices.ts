import type { PriceTable } from '@undertow/sweep';

/** Fewer windows for each factor say too little of how factors move together: as the plans of `sweep` ask. */
const WINDOWS_PER_FACTOR = 5;

/** A symbol whose prices tell nothing, and why. */
export interface Untold {
  readonly factor: string;
  readonly because: string;
}

/** Symbols whose prices tell something together, and the others. */
export interface EnoughPrices {
  readonly factors: readonly string[];
  readonly untold: readonly Untold[];
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
  const untold: Untold[] = [];
  for (const column of columns.toSorted((a, b) => b.windows - a.windows)) {
    const together = windowsOf([...taken, column]);
    const needed = WINDOWS_PER_FACTOR * (taken.length + 2);
    const { factor } = column;
    if (together < needed) untold.push({ factor, because: tooFew(column, { together, needed, taken }) });
    else if (!column.moves) untold.push({ factor, because: 'its prices never move' });
    else taken.push(column);
  }
  const kept = new Set(taken.map(({ factor }) => factor));
  return { factors: factors.filter((factor) => kept.has(factor)), untold };
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
  { windows }: Column,
  {
    together,
    needed,
    taken,
  }: { readonly together: number; readonly needed: number; readonly taken: readonly Column[] },
): string {
  const known = windows === 1 ? '1 window has prices' : `${windows} windows have prices`;
  const besides =
    together === windows ? '' : ` (${together} of them also of ${taken.map((one) => one.factor).join(', ')})`;
  return `${known} at both ends${besides}, of the ${needed} that it takes`;
}

/** Whose prices tell nothing and why, a sentence for each reason; `so` is what follows from it. */
export function untoldWords(untold: readonly Untold[], so: string): string[] {
  const byReason = Map.groupBy(untold, ({ because }) => because);
  return [...byReason].map(
    ([because, some]) => `${some.map(({ factor }) => factor).join(', ')}: ${because}${so}.`,
  );
}
