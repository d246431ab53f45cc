import {
  backtestFor,
  backtestTable,
  backtestWords,
  parameterKey,
  parametersOf,
  withBacktest,
  type Advice,
  type Asked,
  type FoundBacktest,
} from '@undertow/advice';
import type { Book } from '@undertow/book';
import { priceTable, type PriceRow } from '@undertow/sweep';
import { HOUR } from '../sweep/plan-of.ts';

/** An advice that carries its backtest, and what was found, whole. */
export interface ToldBacktest {
  readonly advice: Advice;
  readonly found: FoundBacktest;
}

/**
 * Holds each advised threshold against the prices of the past that its plan was made of; of other parameters it is said why not.
 *
 * @throws BadDataError for a horizon that is no whole steps of the prices, and a confidence that the windows remembered cannot tell.
 */
export function backtestsOf(
  { book, asked, rows }: { readonly book: Book; readonly asked: Asked; readonly rows: readonly PriceRow[] },
  advices: readonly Advice[],
  { step = HOUR }: { readonly step?: number },
): ToldBacktest[] {
  const table = priceTable(rows, step);
  const places = new Map(parametersOf(book).map((place) => [parameterKey(place.parameter), place]));
  return advices.map((advice) => {
    const place = places.get(parameterKey(advice.parameter))!;
    const found = backtestFor({ book, asked }, place, { advice, history: { table } });
    return { advice: withBacktest(advice, found), found };
  });
}

/** For a terminal; nothing of an advice that cannot be backtested, whose own words say why. */
export function foundText(found: FoundBacktest, prose: (text: string) => string): string {
  if (typeof found === 'string' || found.kind === 'no-backtest') return '';
  return [...backtestWords(found).map(prose), '', backtestTable(found)].join('\n');
}
