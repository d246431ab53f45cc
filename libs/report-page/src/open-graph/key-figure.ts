import { shownValue, type ReportContent, type ReportFigure, type ReportValue } from '@undertow/report';
import { numberOrNull, recordsOf, wordsOf, type TableRecord } from '../records.ts';

/** The one figure of a report that matters most, as it stands on a picture. */
export interface KeyFigure {
  readonly label: string;
  /** With its unit: `10.8M USD`. */
  readonly text: string;
  /** Between what it lies, and by what; undefined where nothing is known of that. */
  readonly band: string | undefined;
}

/** What a reader must see who sees nothing else of a report. */
export function keyFigure(content: ReportContent): KeyFigure {
  switch (content.kind) {
    case 'scenario':
      return ofScenario(content);
    case 'sweep':
      return ofSweep(content);
    case 'state':
      return ofState(content);
    case 'proposal':
      return ofProposal(content);
    case 'incident':
      return ofIncident(content);
  }
}

/** The loss; where nothing is lost and debt is due that nobody liquidates, that: nothing lost is not nothing wrong. */
function ofScenario(content: ReportContent): KeyFigure {
  const loss = numberNamed(content, 'lossUsd') ?? 0;
  const stuck = numberNamed(content, 'stuckUsd') ?? 0;
  if (loss === 0 && stuck > 0)
    return { label: 'Due, and nobody liquidates it', text: money(stuck), band: 'nothing is lost yet' };
  const ends = ['lossBetweenUsd', 'lossWithinUsd'].flatMap((name) => numberNamed(content, name) ?? []);
  const [least, most] = [Math.min(...ends), Math.max(...ends)];
  return {
    label: 'Loss',
    text: money(loss),
    band:
      ends.length < 2 || short(least) === short(most)
        ? undefined
        : `${short(least)} to ${money(most)}, as oracles follow`,
  };
}

/** The expected shortfall at the highest level; of a grid, which is no sample, the greatest loss. */
function ofSweep(content: ReportContent): KeyFigure {
  const row = highestAtRisk(content);
  if (row === undefined)
    return {
      label: 'Greatest loss, moves chosen',
      text: money(numberNamed(content, 'lossUsdGreatest') ?? 0),
      band: 'no sample: no probabilities',
    };
  return {
    label: `Expected shortfall, ${levelOf(row)}`,
    text: money(numberOrNull(row, 'expectedShortfall')),
    band: intervalOf(row),
  };
}

function ofState(content: ReportContent): KeyFigure {
  const [worst] = recordsOf(content, 'heatmap').toSorted(
    (a, b) => (numberOrNull(b, 'lossUsd') ?? 0) - (numberOrNull(a, 'lossUsd') ?? 0),
  );
  const due = numberNamed(content, 'dueAccounts') ?? 0;
  const move = worst === undefined ? null : numberOrNull(worst, 'move');
  return {
    label:
      worst === undefined || move === null
        ? 'Greatest loss of one move'
        : `Lost if ${wordsOf(worst, 'what')} moves ${move > 0 ? '+' : ''}${shownValue(move, 'ratio')}`,
    text: money(numberNamed(content, 'worstLossUsd')),
    band: `${shownValue(due, 'a number of them')} accounts due now, debt ${money(numberNamed(content, 'debtUsd'))}`,
  };
}

function ofProposal(content: ReportContent): KeyFigure {
  const changed = numberNamed(content, 'changed') ?? 0;
  const [now, then] = [numberNamed(content, 'togetherNowUsd'), numberNamed(content, 'togetherThenUsd')];
  return {
    label: 'Parameters to change',
    text: `${shownValue(changed, 'a number of them')} of ${shownValue(numberNamed(content, 'advised') ?? 0, 'a number of them')}`,
    band:
      now === undefined || then === undefined || changed === 0
        ? undefined
        : `expected shortfall ${short(now)} → ${money(then)}`,
  };
}

function ofIncident(content: ReportContent): KeyFigure {
  const named = (name: string) => numberNamed(content, name) ?? 0;
  return {
    label: 'Taken: predicted / happened, USD',
    text: `${short(named('predictedSeizedUsd'))} / ${short(named('happenedSeizedUsd'))}`,
    band: `${named('matchedAccounts')} of ${named('happenedAccounts')} accounts liquidated were predicted`,
  };
}

function highestAtRisk(content: ReportContent): TableRecord | undefined {
  const [highest] = recordsOf(content, 'atRisk')
    .filter((row) => wordsOf(row, 'figure') === 'lossUsd')
    .toSorted((a, b) => (numberOrNull(b, 'level') ?? 0) - (numberOrNull(a, 'level') ?? 0));
  return highest;
}

function intervalOf(row: TableRecord): string | undefined {
  const [low, high] = [numberOrNull(row, 'shortfallLow'), numberOrNull(row, 'shortfallHigh')];
  return low === null || high === null ? undefined : `95 % interval ${short(low)} to ${money(high)}`;
}

const levelOf = (row: TableRecord) => shownValue(numberOrNull(row, 'level'), 'ratio');

/** The number of a figure; undefined where there is none. */
function numberNamed({ figures }: ReportContent, name: string): number | undefined {
  const value: ReportFigure['value'] | undefined = figures.find((one) => one.name === name)?.value;
  return typeof value === 'number' ? value : undefined;
}

const short = (value: ReportValue): string => shownValue(value, 'USD');
const money = (value: ReportValue | undefined): string =>
  value === undefined || value === null ? 'not known' : `${short(value)} USD`;
