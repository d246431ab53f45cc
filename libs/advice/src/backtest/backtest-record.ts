import { z } from 'zod';
import type { AdviceBacktest, NoBacktest } from './advice-backtest.ts';
import { backtestWords } from './backtest-text.ts';
import type { LineBacktest } from './line-held.ts';

const line = () =>
  z.strictObject({
    name: z.string(),
    dates: z.int(),
    exceptions: z.int(),
    coverage: z.number(),
    /** p-values of Kupiec's and Christoffersen's tests. */
    kupiecP: z.number(),
    independenceP: z.number(),
    zone: z.enum(['green', 'yellow', 'red']),
    meanThreshold: z.number(),
    least: z.number(),
    greatest: z.number(),
    /** Within 30 days, a difference of thresholds. */
    largestCut: z.number(),
  });

/** What an advice keeps of a backtest: of what and over what it was, every line in short, and the same in words. */
export const backtestRecord = () =>
  z.strictObject({
    /** `standalone-line`: by the prices of one asset alone. `cascade`: the advice itself, on a book at each date. `none`: `words` says why. */
    of: z.enum(['standalone-line', 'cascade', 'none']),
    symbol: z.string().exactOptional(),
    confidence: z.number().exactOptional(),
    horizonSeconds: z.number().exactOptional(),
    /** Where the prices come from, in words. */
    source: z.string().exactOptional(),
    /** Unix seconds: the first date, and the end of the last window. */
    from: z.number().exactOptional(),
    to: z.number().exactOptional(),
    /** The advice first, then what else could have been set. */
    lines: z.array(line()),
    words: z.array(z.string()),
  });

export type BacktestRecord = z.infer<ReturnType<typeof backtestRecord>>;

/** The record of a backtest of a standalone line. */
export function recordOf(found: AdviceBacktest | NoBacktest): BacktestRecord {
  const { symbol, terms } = found;
  const head = { symbol, confidence: terms.confidence, horizonSeconds: terms.horizonSeconds };
  const words = backtestWords(found);
  if (found.kind === 'no-backtest') return { of: 'none', ...head, lines: [], words };
  const { from, to, held } = found;
  return { of: 'standalone-line', ...head, from, to, lines: held.map(inShort), words };
}

const inShort = ({ kupiec, independence, ...found }: LineBacktest): BacktestRecord['lines'][number] => ({
  name: found.name,
  dates: found.dates,
  exceptions: found.exceptions,
  coverage: found.coverage,
  kupiecP: kupiec.pValue,
  independenceP: independence.pValue,
  zone: found.zone,
  meanThreshold: found.meanThreshold,
  least: found.least,
  greatest: found.greatest,
  largestCut: found.largestCut,
});
