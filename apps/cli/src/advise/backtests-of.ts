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
import { figureTable } from '../figure-table.ts';
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
  { step = HOUR, prices = [] }: { readonly step?: number; readonly prices?: readonly string[] },
): ToldBacktest[] {
  const table = priceTable(rows, step);
  const source = prices.length === 0 ? undefined : prices.join(', ');
  const places = new Map(parametersOf(book).map((place) => [parameterKey(place.parameter), place]));
  return advices.map((advice) => {
    const place = places.get(parameterKey(advice.parameter))!;
    const found = backtestFor({ book, asked }, place, { advice, history: { table } });
    return { advice: withBacktest(advice, found, source), found };
  });
}

/** What became of the advice itself at dates of the past, for a terminal; nothing where nobody asked. */
export function cascadeText({ cascadeBacktest }: Advice, prose: (text: string) => string): string {
  if (!cascadeBacktest) return '';
  const { words, lines, source } = cascadeBacktest;
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const drawn = figureTable(lines, {
    title: 'Through whole cascades',
    columns: [
      { head: 'Line', of: ({ name }) => name, isWords: true },
      { head: 'Held', of: ({ coverage }) => percent(coverage) },
      { head: 'Exceptions', of: ({ exceptions, dates }) => `${exceptions} of ${dates}` },
      { head: 'Kupiec p', of: ({ kupiecP }) => kupiecP.toFixed(3) },
      { head: 'Indep. p', of: ({ independenceP }) => independenceP.toFixed(3) },
      { head: 'Zone', of: ({ zone }) => zone, isWords: true },
      { head: 'Mean', of: ({ meanThreshold }) => percent(meanThreshold) },
      { head: 'Least', of: ({ least }) => percent(least) },
      { head: 'Cut, points', of: ({ largestCut }) => (100 * largestCut).toFixed(1) },
    ],
  });
  return [
    ...words.map(prose),
    ...(source === undefined ? [] : [prose(`Prices: ${source}.`)]),
    ...(lines.length > 0 ? ['', drawn] : []),
  ].join('\n');
}

/** For a terminal; nothing of an advice that cannot be backtested, whose own words say why. */
export function foundText(found: FoundBacktest, prose: (text: string) => string): string {
  if (typeof found === 'string' || found.kind === 'no-backtest') return '';
  return [...backtestWords(found).map(prose), '', backtestTable(found)].join('\n');
}
