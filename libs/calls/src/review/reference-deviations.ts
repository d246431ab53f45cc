import type { Book } from '@undertow/book';
import { moveNamed } from '@undertow/cascade';
import type { Deviations } from '@undertow/margin';
import { DAILY_LAMBDA, jointReturns, type PriceTable } from '@undertow/sweep';
import { BadDataError } from '@undertow/units';

const DAY = 86_400;
/** Returns below which a deviation says little: nothing is told of a symbol with fewer. */
const FEWEST = 30;

/**
 * How much the references of a book move now: the exponentially weighted deviation of a table's log returns (λ of 0.94 a day, as RiskMetrics has
 * it), over a horizon by the square root of time. Of symbols that name no reference, and of those with fewer than 30 returns, nothing.
 */
export function referenceDeviations(book: Book, table: PriceTable, horizonSeconds: number): Deviations {
  const { stepSeconds } = table;
  const lambda = DAILY_LAMBDA ** (stepSeconds / DAY);
  const found = new Map<string, number>();
  for (const symbol of table.prices.keys()) {
    const reference = referenceOf(book, symbol);
    if (reference === undefined || found.has(reference)) continue;
    const rows = returnsOf(table, symbol);
    if (rows.length < FEWEST) continue;
    const first = rows.reduce((sum, value) => sum + value ** 2, 0) / rows.length;
    const variance = rows.reduce((before, value) => lambda * before + (1 - lambda) * value ** 2, first);
    found.set(reference, Math.sqrt((variance * horizonSeconds) / stepSeconds));
  }
  return found;
}

function returnsOf(table: PriceTable, symbol: string): number[] {
  try {
    return jointReturns(table, { horizonSeconds: table.stepSeconds, wanted: [symbol] }).rows.map(
      ([one]) => one!,
    );
  } catch (error) {
    if (error instanceof BadDataError) return [];
    throw error;
  }
}

function referenceOf(book: Book, symbol: string): string | undefined {
  try {
    const move = moveNamed(book, symbol, 0);
    return move.kind === 'reference' ? move.symbol : undefined;
  } catch (error) {
    if (error instanceof BadDataError) return undefined;
    throw error;
  }
}
