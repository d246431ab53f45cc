import { isoDay } from '@undertow/book';
import type { AdviceBacktest, NoBacktest } from './advice-backtest.ts';
import { CUT_DAYS, type LineBacktest } from './line-held.ts';

/** The line that is the advised value, held over all windows. */
export const OWN_LINE = 'this advice';

/** A test rejects below this p-value. */
export const REJECTED_BELOW = 0.05;

const percent = (share: number, digits = 1) => `${(100 * share).toFixed(digits)} %`;

/** A length of time in its largest whole unit: `1 day`, `3 hours`. */
export function horizonText(seconds: number): string {
  const [unit, size] =
    seconds % 86_400 === 0 ? ['day', 86_400] : seconds % 3_600 === 0 ? ['hour', 3_600] : ['second', 1];
  return `${seconds / size} ${unit}${seconds === size ? '' : 's'}`;
}

/** What was found, in whole sentences, the most important first. */
export function backtestWords(found: AdviceBacktest | NoBacktest): string[] {
  const { symbol, terms } = found;
  const what = `The standalone line of ${symbol} at ${percent(terms.confidence)} over ${horizonText(terms.horizonSeconds)}`;
  if (found.kind === 'no-backtest') return [`${what} was not backtested: ${found.why}.`];
  const advised = found.held[0]!;
  return [
    `${what}, advised again for each of ${advised.dates} windows from ${isoDay(found.from)} to ${isoDay(found.to)}, held in ` +
      `${percent(advised.coverage, 2)} of them: ${advised.exceptions} exceptions, where ${advised.expected.toFixed(1)} are expected.${ownWords(found)}`,
    verdictOf(advised),
    `It let ${percent(advised.meanThreshold)} be borrowed on average, from ${percent(advised.least)} to ${percent(advised.greatest)}, and was ` +
      `cut by ${(100 * advised.largestCut).toFixed(1)} points within ${CUT_DAYS} days at most.`,
    `Stated, not measured: a bonus of ${percent(terms.bonus)}, slippage of ${percent(terms.slippage.whole - 1)} for closing an account whole, ` +
      `${percent(terms.closeShare, 0)} of a debt repaid by a call; no other accounts, and no cascade.`,
    ...(found.leftOut > 0 ? [`${found.leftOut} windows without a price at both ends were left out.`] : []),
  ];
}

/** What became of the advised value itself, where it is among the lines: said at once, as it is the value that is proposed. */
function ownWords({ held }: AdviceBacktest): string {
  const own = held.find(({ name }) => name === OWN_LINE);
  return own
    ? ` The advised ${percent(own.greatest)}, held all the time, would have been exceeded in ${own.exceptions} of ${own.dates} (coverage ${percent(own.coverage, 2)}).`
    : '';
}

function verdictOf({ kupiec, independence, zone }: LineBacktest): string {
  const says = (isRejected: boolean, word: string) =>
    `${isRejected ? 'rejects it' : 'does not reject it'} (${word})`;
  const p = (value: number) => `p ${value < 0.001 ? '< 0.001' : value.toFixed(3)}`;
  const number = says(kupiec.pValue < REJECTED_BELOW, p(kupiec.pValue));
  const order = says(independence.pValue < REJECTED_BELOW, p(independence.pValue));
  return `Kupiec’s test of their number ${number} at 5 %, Christoffersen’s of their independence ${order}; the traffic light is ${zone}.`;
}

const HEAD = [
  'line',
  'dates',
  'exceptions',
  'coverage',
  'Kupiec p',
  'indep. p',
  'zone',
  'mean',
  'least',
  'cut',
];

/** The same with `backtestTable`, for a terminal. */
export const backtestText = (found: AdviceBacktest | NoBacktest): string =>
  [...backtestWords(found), ...(found.kind === 'backtested' ? ['', backtestTable(found)] : [])].join('\n');

/** All lines, one a row, for a terminal. */
export function backtestTable(found: AdviceBacktest): string {
  const rows = found.held.map((line) => [
    line.name,
    String(line.dates),
    String(line.exceptions),
    percent(line.coverage, 2),
    line.kupiec.pValue.toFixed(3),
    line.independence.pValue.toFixed(3),
    line.zone,
    percent(line.meanThreshold),
    percent(line.least),
    (100 * line.largestCut).toFixed(1),
  ]);
  const cells = [HEAD, ...rows];
  const widths = HEAD.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)))
      .join('  ');
  const without = found.without.map((name) => `${name}: no threshold at any date.`);
  return [...cells.map(line), ...without].join('\n');
}
