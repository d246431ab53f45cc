import { openTrades } from '@undertow/cascade';
import type { PriceTable } from '@undertow/sweep';
import type { Advice } from '../advice/advice.ts';
import { signedOff } from '../advice/no-advice.ts';
import { NOT_BACKTESTED } from '../advice/not-backtested.ts';
import { NO_SLIPPAGE } from '../incentive/toxicity-line.ts';
import type { ParameterPlace } from '../parameters/parameters-of.ts';
import { bonusWith, closeShareOf, largestOn, slippageOf } from '../search/hard-bound.ts';
import { termOf } from '../search/ladder.ts';
import type { Study } from '../study/study.ts';
import { adviceBacktest, type AdviceBacktest, type NoBacktest } from './advice-backtest.ts';
import type { CascadeBacktest } from './cascade-asked.ts';
import { OWN_LINE } from './backtest-text.ts';
import { recordOf, type BacktestRecord } from './backtest-record.ts';
import type { FallChoice } from './standalone-line.ts';

/** The history that an advice is backtested over. */
export interface BacktestHistory {
  /** Prices by what they are called in the plan, such as `ETH`, or by their own symbol. */
  readonly table: PriceTable;
  /** Length of the windows, one or more whole steps of the table. Default: the horizon of the study. */
  readonly horizonSeconds?: number;
  readonly choice?: FallChoice;
}

/** What a backtest is of: one of a line, or of the advice itself. */
type OfCascade = Pick<CascadeBacktest, 'record'>;

/** What was found for an advice, whole; text where there is none, which says why. */
export type FoundBacktest = AdviceBacktest | NoBacktest | string;

/**
 * Backtests what an advice on a liquidation threshold rests on: the standalone line of the market's collateral, with the market's bonus, its close
 * factor and the slippage of its largest account as they are now (none where the known markets cannot take it); beside it the present threshold (`present`) and the advised one (`this advice`), each
 * held over the same windows.
 *
 * @returns text where none can be made: another parameter, no horizon, nobody's collateral, no price of it.
 * @throws BadDataError as `adviceBacktest`.
 */
export function backtestFor(
  study: Pick<Study, 'book' | 'asked'>,
  place: ParameterPlace,
  { advice, history }: { readonly advice: Pick<Advice, 'advised'>; readonly history: BacktestHistory },
): FoundBacktest {
  const { table, choice, horizonSeconds = study.asked.horizonSeconds } = history;
  if (place.parameter.kind !== 'liquidationThreshold')
    return 'a backtest is of liquidation thresholds, whose margin prices can be held against';
  if (horizonSeconds === undefined) return 'there is no horizon: how long a liquidation may take is not said';
  const largest = largestOn(study.book, place);
  if (!largest) return 'nobody of the book owes anything against it';
  const symbol = pricedAs(study, largest.collateral, table);
  if (symbol === undefined)
    return `there is no price of ${study.book.assets[largest.collateral]!.symbol} in the history, and none of what it follows`;
  const { book } = study;
  const closeShare = closeShareOf(book, place);
  const slippage = slippageOf({ book, trades: openTrades(book) }, largest, closeShare) ?? NO_SLIPPAGE;
  const held = (name: string, threshold: number | undefined) =>
    threshold === undefined ? {} : { [name]: [{ time: table.start, threshold }] };
  return adviceBacktest({
    table,
    symbol,
    terms: {
      confidence: study.asked.confidence,
      horizonSeconds,
      bonus: bonusWith(study.book, place, {
        threshold: place.current ?? advice.advised?.value ?? 0,
        bonus: termOf({ study, place }, 'liquidationBonus') ?? 0,
      }),
      slippage,
      closeShare,
    },
    ...(choice && { choice }),
    set: { ...held('present', place.current), ...held(OWN_LINE, advice.advised?.value) },
  });
}

/** The asset's own price, else that of the reference that it follows. */
function pricedAs({ book }: Pick<Study, 'book'>, asset: number, { prices }: PriceTable): string | undefined {
  const { symbol, reference } = book.assets[asset]!;
  return [symbol, book.references[reference]!.symbol].find((name) => prices.has(name));
}

/**
 * An advice that carries its backtest, in place of the sentence that there is none; with a hash of its own.
 *
 * @param source where the prices come from, in words.
 */
export function withBacktest(
  { adviceHash: _, ...advice }: Advice,
  found: FoundBacktest | OfCascade,
  source?: string,
): Advice {
  const record = recordFor(found);
  const backtest = { ...record, ...(source !== undefined && record.of !== 'none' && { source }) };
  const words = advice.words.flatMap((sentence) =>
    sentence === NOT_BACKTESTED ? backtest.words.slice(0, 1) : [sentence],
  );
  return signedOff({ ...advice, words, backtest });
}

/**
 * An advice that also carries what became of itself at dates of the past, through whole cascades; its own sentence on backtests stays.
 *
 * @param source where the prices come from, in words.
 */
export const withCascadeBacktest = (
  { adviceHash: _, ...advice }: Advice,
  { record }: OfCascade,
  source?: string,
): Advice =>
  signedOff({
    ...advice,
    cascadeBacktest: { ...record, ...(source !== undefined && record.of !== 'none' && { source }) },
  });

function recordFor(found: FoundBacktest | OfCascade): BacktestRecord {
  if (typeof found === 'string')
    return { of: 'none', lines: [], words: [`It was not backtested: ${found}.`] };
  return 'record' in found ? found.record : recordOf(found);
}
