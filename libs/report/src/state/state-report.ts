import { coverageFigures, coverageSentence, inputTables } from '../book-tables.ts';
import type { ReportContent, ReportFigure } from '../content.ts';
import { blockWords, commonPart, originOf, type MadeOf } from '../made-of.ts';
import { figureOf } from '../table.ts';
import { count, dollars, percent, signedPercent } from '../words.ts';
import { measureState, runState, type MeasuredState, type StateRuns } from './measured-state.ts';
import { stateTables } from './state-tables.ts';

/** What a state of risk moves unless something else is asked for: the falls that risk desks quote, and a rise for what is owed. */
export const STATE_MOVES: readonly number[] = [-0.05, -0.1, -0.2, -0.3, -0.4, -0.5, 0.2, 0.3];
export const STATE_DROPS: readonly number[] = [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5];

/** Which moves and falls a state of risk is asked for. */
export interface StateOptions {
  readonly moves?: readonly number[];
  readonly drops?: readonly number[];
}

/**
 * How a book stands: venues, owners, what moves of one price would cost, how falls feed themselves, which prices are not to be trusted.
 *
 * @param ran what was run for it elsewhere; by default it is run here.
 * @throws BadDataError as `heatmap` and `wholeReproduction` do.
 */
export function stateReport(
  made: MadeOf,
  { moves = STATE_MOVES, drops = STATE_DROPS }: StateOptions = {},
  ran: StateRuns = runState(made.book, { moves, drops }),
): ReportContent {
  const { book } = made;
  const state = measureState(book, ran);
  return {
    ...commonPart(made),
    kind: 'state',
    subject: `State of risk on ${blockWords(book)}`,
    question: { kind: 'state', moves, drops },
    seed: null,
    summary: [...sentences(state), coverageSentence(book)],
    figures: [...stateFigures(made, state), ...coverageFigures(book)],
    tables: [...stateTables(book, state), ...inputTables(book)],
  };
}

function sentences(state: MeasuredState): string[] {
  const { venues, concentrations, worst, oracles, reproduction, coverTwo } = state;
  const sum = (of: (venue: (typeof venues)[number]) => number) =>
    venues.reduce((all, venue) => all + of(venue), 0);
  const due = sum((venue) => venue.due);
  const [all] = concentrations;
  const [first] = worst;
  const [strongest] = reproduction.toSorted((a, b) => b.reproduction - a.reproduction);
  const open = coverTwo.filter(({ isCovered }) => !isCovered);
  const { hidden, hiddenDebtUsd } = oracles.due;
  return [
    `${count(venues.length, 'venue')} with ${count(
      sum((venue) => venue.accounts),
      'account',
    )} owe ${dollars(sum((venue) => venue.debtUsd))} against collateral of ${dollars(sum((venue) => venue.collateralUsd))}.`,
    due === 0 ? 'No account can be liquidated now.' : `${count(due, 'account')} can be liquidated now.`,
    ...(all && all.owners > 0
      ? [
          `The ten owners who owe most owe ${percent(all.top10)} of the debt, the largest alone ${percent(all.top1)}.`,
        ]
      : []),
    first
      ? `Of the moves of one price that were tried, ${first.name} ${signedPercent(first.cell.move)} costs most: ${dollars(first.cell.lossUsd)} is lost.`
      : 'None of the moves of one price that were tried costs anybody anything.',
    strongest && strongest.reproduction >= 1
      ? `Where all prices have fallen by ${percent(strongest.drop)}, selling feeds itself most: its reproduction number is ${strongest.reproduction.toFixed(2)}, and from 1 on it feeds itself.`
      : 'At none of the falls of all prices that were tried does selling feed itself.',
    ...(open.length > 0
      ? [
          `In their worst of these moves the funds of ${open.map(({ venue }) => venue).join(', ')} would not bear the loss of the two owners who leave most.`,
        ]
      : []),
    ...(hidden.length > 0
      ? [
          `${count(hidden.length, 'account')} with debt of ${dollars(hiddenDebtUsd)} would be due if oracles said what markets say.`,
        ]
      : []),
  ];
}

function stateFigures(
  { book }: MadeOf,
  { venues, oracles, concentrations, worst }: MeasuredState,
): ReportFigure[] {
  const summed = originOf(book, 'venueSummaries of libs/book');
  const priced = originOf(book, 'oracleReport of libs/lag, from the book alone');
  const usd = 'USD, at the oracle prices of each venue';
  const sum = (of: (venue: (typeof venues)[number]) => number) =>
    venues.reduce((all, venue) => all + of(venue), 0);
  const [all] = concentrations;
  const [first] = worst;
  return [
    figureOf(summed, { name: 'accounts', label: 'Accounts', value: sum((one) => one.accounts) }),
    figureOf(summed, {
      name: 'collateralUsd',
      label: 'Collateral',
      value: sum((one) => one.collateralUsd),
      unit: usd,
    }),
    figureOf(summed, { name: 'debtUsd', label: 'Debt', value: sum((one) => one.debtUsd), unit: usd }),
    figureOf(summed, {
      name: 'dueAccounts',
      label: 'Accounts that can be liquidated now',
      value: sum((one) => one.due),
      unit: 'a number of them',
    }),
    figureOf(originOf(book, 'owners of the book'), {
      name: 'top10Share',
      label: 'Share of the debt that ten owners owe',
      value: all?.top10,
      unit: 'ratio',
    }),
    figureOf(originOf(book, 'heatmap of libs/cascade'), {
      name: 'worstLossUsd',
      label: 'Greatest loss of one move',
      value: first?.cell.lossUsd ?? 0,
      unit: 'USD, at the final market prices',
    }),
    figureOf(priced, {
      name: 'hiddenDebtUsd',
      label: 'Debt that is due at market prices and not at the oracles’',
      value: oracles.due.hiddenDebtUsd,
      unit: usd,
    }),
    figureOf(priced, {
      name: 'phantomDebtUsd',
      label: 'Debt that is due at the oracles’ prices and not at market prices',
      value: oracles.due.phantomDebtUsd,
      unit: usd,
    }),
  ];
}
