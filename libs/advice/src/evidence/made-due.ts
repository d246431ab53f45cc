import type { Book } from '@undertow/book';
import { madeDueBy, openEngine } from '@undertow/cascade';
import type { AdviceEvidence } from '../advice/advice.ts';

const NAMED = 10;

/**
 * Whom a change of terms alone would let be liquidated at the present prices if nobody acted first, and what would come of it: the
 * cascade of no shock at all, less what happens in it under the present terms.
 *
 * @param trial the same two books as the engine runs them: condensed, where the book is large.
 */
export function madeDueNow(
  { book, changed }: Record<'book' | 'changed', Book>,
  trial: Record<'book' | 'changed', Book>,
): NonNullable<AdviceEvidence['madeDue']> {
  const due = madeDueBy(book, changed);
  const named = due.slice(0, NAMED).map(({ owner, market, debtUsd, healthBefore, healthAfter }) => ({
    owner,
    market,
    debtUsd,
    healthBefore,
    healthAfter,
  }));
  const sums = {
    accounts: due.length,
    debtUsd: due.reduce((sum, { debtUsd }) => sum + debtUsd, 0),
    largest: named,
  };
  if (due.length === 0) return { ...sums, liquidatedUsd: 0, lossUsd: 0 };
  const [now, then] = [calm(trial.book), calm(trial.changed)];
  return {
    ...sums,
    liquidatedUsd: Math.max(0, then.liquidatedUsd - now.liquidatedUsd),
    lossUsd: Math.max(0, then.lossUsd - now.lossUsd),
  };
}

function calm(book: Book): { liquidatedUsd: number; lossUsd: number } {
  const found = { liquidatedUsd: 0, lossUsd: 0 };
  openEngine(book, { kind: 'fast' }).run([{ moves: [] }], ({ liquidatedUsd, lossUsd }) => {
    found.liquidatedUsd = liquidatedUsd;
    found.lossUsd = lossUsd;
  });
  return found;
}
