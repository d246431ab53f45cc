import {
  backtestFor,
  parameterKey,
  parametersOf,
  pathOf,
  readLimits,
  valueText,
  withBacktest,
  type Advice,
} from '@undertow/advice';
import { isoDay, type Book } from '@undertow/book';
import { priceTable } from '@undertow/sweep';
import { BadDataError } from '@undertow/units';
import type { ReportQuestion, ReportTable } from '../content.ts';
import { originOf } from '../made-of.ts';
import { field, tableOf } from '../table.ts';
import { TITLES } from './parameter-titles.ts';

type ProposalQuestion = Extract<ReportQuestion, { readonly kind: 'proposal' }>;

/**
 * The steps of a steward to the advised values, with their days; nothing where no limits were given.
 *
 * @throws BadDataError for limits that are none.
 */
export function stepsTable(
  book: Book,
  question: ProposalQuestion,
  advices: readonly Advice[],
): ReportTable[] {
  const { start = book.time } = question;
  if (question.limits === undefined) return [];
  // They may be a stranger's.
  const limits = readLimits(question.limits);
  const places = new Map(parametersOf(book).map((place) => [parameterKey(place.parameter), place]));
  const rows = advices.flatMap(({ parameter, verdict, advised }) => {
    const place = places.get(parameterKey(parameter));
    if (place === undefined || advised === undefined || (verdict !== 'raise' && verdict !== 'lower'))
      return [];
    const path = pathOf(place, advised.value, { limits, start });
    const named = {
      venue: parameter.venue,
      label: parameter.market === '' ? 'all' : parameter.label,
      parameter,
    };
    const steps = (path?.steps ?? []).map((step, at) => ({
      ...named,
      number: at + 1,
      day: isoDay(step.time),
      value: valueText(parameter.kind, step.value),
      note: '',
    }));
    const note = path === undefined ? 'its present value is not known' : path.words.join(' ');
    return note === '' ? steps : [...steps, { ...named, number: null, day: '', value: '', note }];
  });
  return [
    tableOf(rows, {
      name: 'steps',
      title: `Next steps, within the limits of ${limits.name}`,
      origin: originOf(book, 'pathTo of libs/advice'),
      columns: [
        field('venue', 'Venue'),
        field('label', 'Market'),
        { name: 'parameter', label: 'Parameter', of: ({ parameter }) => TITLES[parameter.kind] },
        field('number', 'Step', 'number of the step'),
        field('day', 'Not before'),
        field('value', 'Set to'),
        field('note', 'What stands against it', 'sentences'),
      ],
      most: 200,
    }),
  ];
}

/**
 * Whether each advice would have held over the prices that the question brings, or why that is not told.
 *
 * @throws BadDataError for prices that are none, and as `backtestFor`.
 */
export function backtestTable(
  book: Book,
  question: ProposalQuestion,
  advices: readonly Advice[],
): ReportTable {
  const told = backtested(book, question, advices);
  return tableOf(told, {
    name: 'backtest',
    title: 'Whether each advice would have held',
    origin: originOf(book, 'backtestFor of libs/advice'),
    columns: [
      { name: 'venue', label: 'Venue', of: ({ parameter }) => parameter.venue },
      {
        name: 'label',
        label: 'Market',
        of: ({ parameter }) => (parameter.market === '' ? 'all' : parameter.label),
      },
      { name: 'parameter', label: 'Parameter', of: ({ parameter }) => TITLES[parameter.kind] },
      {
        name: 'words',
        label: 'What was found',
        unit: 'sentences',
        of: ({ backtest }) => backtest?.words.join(' ') ?? NO_HISTORY,
      },
    ],
  });
}

const NO_HISTORY =
  'It was not backtested: no history of prices came with the question (--prices and --backtest).';

function backtested(
  book: Book,
  { asked, history }: ProposalQuestion,
  advices: readonly Advice[],
): readonly Advice[] {
  if (history === undefined) return advices;
  const { stepSeconds, horizonSeconds, prices } = history;
  const rows = prices.flatMap(({ symbol, times, prices: own }) => {
    if (times.length !== own.length)
      throw new BadDataError(`the history of ${symbol} has ${times.length} times and ${own.length} prices`);
    return times.map((time, at) => ({ symbol, time, price: own[at]! }));
  });
  const table = priceTable(rows, stepSeconds);
  const places = new Map(parametersOf(book).map((place) => [parameterKey(place.parameter), place]));
  return advices.map((advice) => {
    const place = places.get(parameterKey(advice.parameter));
    const found = place
      ? backtestFor({ book, asked: { ...asked, horizonSeconds } }, place, { advice, history: { table } })
      : 'the book has no such parameter';
    return withBacktest(advice, found);
  });
}
