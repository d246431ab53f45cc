import { coverageTests, zoneBounds, zoneOf } from '@undertow/margin';
import { parameterKey } from '../parameters/parameter.ts';
import type { Asked } from '../study/asked.ts';
import type { BacktestRecord } from './backtest-record.ts';
import type { CascadeBacktest, CascadeBacktestAsked, CascadeDate } from './cascade-asked.ts';
import { costOfLine } from './line-held.ts';

/** What a record is of. */
export type RecordOf = Pick<CascadeBacktestAsked, 'horizonSeconds' | 'memory' | 'parameter'> & {
  readonly asked: Pick<Asked, 'confidence'>;
};

const headOf = ({ asked, horizonSeconds, parameter }: Omit<RecordOf, 'memory'>) => ({
  symbol: parameterKey(parameter),
  confidence: asked.confidence,
  horizonSeconds,
});

/** A record that says why there is none. */
export const noneOf = (of: Omit<RecordOf, 'memory'>, why: string): CascadeBacktest => ({
  record: { of: 'none', ...headOf(of), lines: [], words: [`It was not backtested: ${why}.`] },
  dates: [],
});

/** What all dates come to: every line, and the same in words. */
export function recordOf(of: RecordOf, dates: readonly CascadeDate[], books: number): BacktestRecord {
  const advised = dates.filter(({ lossUsd }) => lossUsd !== undefined);
  if (advised.length === 0)
    return noneOf(of, `no date has a value: ${dates[0]?.why ?? 'no date has a book'}`).record;
  const line = (
    name: string,
    value: (date: CascadeDate) => number | undefined,
    loss: (date: CascadeDate) => number,
  ) => lineOf(name, { of, dates: advised.filter((date) => value(date) !== undefined), value, loss });
  const lines = [
    line(
      'advised',
      (date) => date.advised,
      (date) => date.lossUsd!,
    ),
    line(
      'present',
      (date) => date.present,
      (date) => date.presentLossUsd,
    ),
  ].filter((one) => one !== undefined);
  return {
    of: 'cascade',
    ...headOf(of),
    from: advised[0]!.time,
    to: advised.at(-1)!.time + of.horizonSeconds,
    lines,
    words: wordsOf(of, { lines, dates, books }),
  };
}

interface LineOf {
  readonly of: RecordOf;
  readonly dates: readonly CascadeDate[];
  readonly value: (date: CascadeDate) => number | undefined;
  readonly loss: (date: CascadeDate) => number;
}

function lineOf(
  name: string,
  { of, dates, value, loss }: LineOf,
): BacktestRecord['lines'][number] | undefined {
  if (dates.length === 0) return undefined;
  const level = of.asked.confidence;
  const tests = coverageTests(
    dates.map((date) => loss(date) > date.toleranceUsd!),
    { level },
  );
  const { count, exceptions } = tests;
  const cost = costOfLine(dates.map((date) => ({ time: date.time, threshold: value(date)! })));
  return {
    name,
    dates: count,
    exceptions,
    coverage: 1 - exceptions / count,
    kupiecP: tests.proportionOfFailures.pValue,
    independenceP: tests.independence.pValue,
    zone: zoneOf(exceptions, zoneBounds({ count, level })),
    meanThreshold: cost.meanThreshold,
    least: cost.least,
    greatest: cost.greatest,
    largestCut: cost.largestCut,
  };
}

function wordsOf(
  of: RecordOf,
  {
    lines,
    dates,
    books,
  }: {
    readonly lines: BacktestRecord['lines'];
    readonly dates: readonly CascadeDate[];
    readonly books: number;
  },
): string[] {
  const [advised] = lines;
  const without = dates.length - advised!.dates;
  return [
    `Advised through the cascade at ${advised!.dates} dates, each from the ${of.memory} windows before it, ${parameterKey(of.parameter)} kept the loss of the ` +
      `window that came within the tolerance at ${(100 * advised!.coverage).toFixed(1)} % of them: ${advised!.exceptions} exceptions.`,
    ...(without > 0
      ? [`At ${without} dates there was no value to hold: ${dates.find(({ why }) => why !== undefined)!.why}`]
      : []),
    books > 1
      ? `${books} books of their dates were run.`
      : 'One book stands for all dates: owners stood as far from their lines, and markets were as deep, as they are in it.',
    'The tolerance is of the expected shortfall, so that fewer exceptions than one in so many are to be expected.',
    ...(advised!.dates * (1 - of.asked.confidence) < 1
      ? [
          `So few dates say little: even at the confidence itself less than one exception is expected of ${advised!.dates}.`,
        ]
      : []),
  ];
}
