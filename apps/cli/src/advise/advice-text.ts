import { usdText, valueText, type Advice, type AdviceLosses, type Together } from '@undertow/advice';
import type { Book } from '@undertow/book';
import { money, NOTHING } from '../compact-numbers.ts';
import { figureTable } from '../figure-table.ts';
import { heightText } from '../height-text.ts';
import { proseWidth } from '../terminal-width.ts';
import { wrapText } from '../wrap-text.ts';
import { cascadeText, foundText, type ToldBacktest } from './backtests-of.ts';
import { evidenceText } from './evidence-text.ts';

/** Advices as they are told. */
export interface ToldAdvices {
  readonly book: Book;
  readonly advices: readonly Advice[];
  readonly together: Together | undefined;
  /** Of each advice, where they were asked for. */
  readonly backtests: readonly ToldBacktest[];
}

/** So many advices are told with all of their evidence; of more the table, and what is said of each in a sentence. */
const MOST_WHOLE = 4;

const isChange = ({ verdict }: Advice): boolean => verdict === 'raise' || verdict === 'lower';

/** Advices for a terminal: whom they hit, what to change in plain sentences, the table before and after, then the evidence. */
export function advicesText({ book, advices, together, backtests }: ToldAdvices, width: number): string {
  const prose = (text: string) => wrapText(text, proseWidth(width)).join('\n');
  const isWhole = advices.length <= MOST_WHOLE;
  const loud = advices.flatMap(({ words }) => words.filter((sentence) => sentence.startsWith('WARNING')));
  const first = advices.filter((advice) => isWhole || isChange(advice)).map(({ words }) => words[0] ?? '');
  const blocks = [
    [...new Set(loud)].map((sentence) => prose(`!! ${sentence}`)).join('\n'),
    (first.length > 0 ? first : ['Nothing is to be changed.']).map(prose).join('\n'),
    advicesTable(advices),
    ...(isWhole ? advices.map((advice) => evidenceText(advice, width)) : []),
    ...(isWhole ? backtests.map(({ found }) => foundText(found, prose)) : []),
    ...(isWhole ? advices.map((advice) => cascadeText(advice, prose)) : []),
    ...(together && advices.length > 1 ? [prose(together.words)] : []),
    verdictsText(advices),
    missingText(advices, prose),
    prose(askedText(book, advices)),
    ...(isWhole
      ? []
      : [
          prose(
            'The evidence of each is in --json and --markdown, or name one with --venue, --asset and --parameter.',
          ),
        ]),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function advicesTable(advices: readonly Advice[]): string {
  return figureTable(
    advices.filter(({ verdict }) => verdict !== 'not-a-parameter'),
    {
      title: 'Parameters, now and advised',
      columns: [
        { head: 'Venue', of: ({ parameter }) => parameter.venue, isWords: true },
        {
          head: 'Market',
          of: ({ parameter: { market, label } }) => (market === '' ? 'all' : label),
          isWords: true,
        },
        { head: 'Parameter', of: ({ parameter }) => parameter.kind, isWords: true },
        {
          head: 'Now',
          of: ({ parameter, current }) => (current ? valueText(parameter.kind, current.value) : NOTHING),
        },
        { head: 'Advised', of: advisedCell },
        { head: 'Bound by', of: ({ boundBy }) => boundBy ?? '', isWords: true },
        { head: 'ES now\nUSD', of: ({ evidence }) => shortfallCell(evidence?.before) },
        { head: 'ES then\nUSD', of: ({ evidence }) => shortfallCell(evidence?.after) },
        { head: 'Costs power\nUSD', of: ({ evidence }) => money(evidence?.borrowingPower?.costUsd ?? 0) },
      ],
    },
  );
}

function advisedCell({ parameter, verdict, advised }: Advice): string {
  if (verdict === 'keep') return 'as it is';
  if (verdict === 'out-of-reach') return 'none found';
  return advised ? valueText(parameter.kind, advised.value) : 'unknown';
}

/** A lower bound is marked: the value was not run in all scenarios. */
export const shortfallCell = (losses: AdviceLosses | undefined): string =>
  losses ? `${losses.isLowerBound ? '≥ ' : ''}${money(losses.expectedShortfallUsd)}` : NOTHING;

function verdictsText(advices: readonly Advice[]): string {
  const many = (verdict: Advice['verdict']) => advices.filter((one) => one.verdict === verdict).length;
  const counts: readonly (readonly [number, string])[] = [
    [many('keep'), 'stay as they are'],
    [many('out-of-reach'), 'have no value that keeps the loss within the tolerance'],
    [many('unknown'), 'cannot be advised, because something is missing'],
    [many('not-a-parameter'), 'are none that the venue has'],
  ];
  const told = counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  return told.length === 0 || advices.length === 1
    ? ''
    : `Of ${advices.length} parameters ${told.join(', ')}.`;
}

/** What is missing, each once, with how many advices lack it. */
function missingText(advices: readonly Advice[], prose: (text: string) => string): string {
  const lacking = new Map<string, number>();
  for (const { missing } of advices)
    for (const { name, why, follows } of missing) {
      const line = `${name}: ${why}; ${follows}.`;
      lacking.set(line, (lacking.get(line) ?? 0) + 1);
    }
  const most = [...lacking].sort((a, b) => b[1] - a[1]);
  const left = most.length - MOST_LACKING;
  const lines = most.slice(0, MOST_LACKING).map(([line]) => prose(`- ${line}`));
  if (lines.length === 0) return '';
  return ['Missing', ...lines, ...(left > 0 ? [`… and ${left} more; --json has all.`] : [])].join('\n');
}

const MOST_LACKING = 8;

/** On what, and by which measure. */
function askedText(book: Book, advices: readonly Advice[]): string {
  const [first] = advices;
  if (!first) return '';
  const { asked, planHash } = first;
  const limit =
    asked.toleranceUsd === undefined
      ? `${Number((100 * (asked.toleranceShare ?? 0)).toPrecision(6))} % of what is borrowed there`
      : usdText(asked.toleranceUsd);
  const owners =
    asked.behaviour === 'keep-health'
      ? 'keep their distance to the line'
      : 'keep their debts, and liquidators act first';
  return (
    `${heightText(book)}. Tolerated: an expected shortfall of ${limit} at ${Number((100 * asked.confidence).toPrecision(6))} %, of losses ${LOSSES_WORDS[asked.lossesOf]}; owners ${owners}. ` +
    `${planHash === undefined ? 'No scenarios.' : `Plan ${planHash.slice(0, 12)}…`} ${backtestedText(advices)} Nothing is sent.`
  );
}

function backtestedText(advices: readonly Advice[]): string {
  const many = advices.filter(({ backtest, cascadeBacktest }) =>
    [backtest, cascadeBacktest].some((one) => one && one.of !== 'none'),
  ).length;
  return many === 0 ? 'Nothing was backtested.' : `${many} of ${advices.length} were backtested.`;
}

export const LOSSES_WORDS: Readonly<Record<Advice['asked']['lossesOf'], string>> = {
  'all-venues': 'of all venues',
  venue: 'at the venue',
  added: 'that the market’s accounts add to those of all venues',
};
