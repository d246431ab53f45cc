import { sharedPrices, type AdviceWanted, type PricesOfPast } from '@undertow/engine-pool';
import { priceTable } from '@undertow/sweep';
import { inputError } from '../errors.ts';
import type { FactSource } from '../fact-source.ts';
import type { BookAtHead } from '../shown.ts';
import type { StoredPrices } from '../sweeps/stored-prices.ts';
import { adviceQuestion, HOUR, pricesOfFamilies, type AdviceArgs } from './advice-question.ts';
import type { AdviceStart } from './advice-runs.ts';

/** Dates of a backtest through cascades: each makes an advice of its own. */
const MOST_DATES = 100;

/** The run that arguments mean: its question, what of the book it is about, and the prices that its advices are held against. */
export async function askedRun(
  source: FactSource,
  at: BookAtHead,
  { isScheduled, ...args }: AdviceArgs & { readonly isScheduled: boolean },
): Promise<AdviceStart> {
  const dates = args.backtestDates ?? 0;
  if (!(Number.isInteger(dates) && dates >= 0 && dates <= MOST_DATES))
    throw inputError(`backtestDates must be a whole number from 0 to ${MOST_DATES}, but is ${dates}.`);
  const prices = await pricesOfFamilies(source, at);
  const question = await adviceQuestion(source, at, { ...args, prices });
  const wanted: AdviceWanted = {
    venue: args.venue ?? undefined,
    market: args.market ?? undefined,
    kinds: args.parameters ?? undefined,
  };
  // The moment of the first step is kept as it was taken.
  const start = args.start ?? at.head.time;
  const over = { past: pastOf(prices, args.horizonSeconds), dates };
  return { question, wanted, isScheduled, args: { ...args, start, block: at.head.block }, over };
}

function pastOf({ rows, sources }: StoredPrices, horizonSeconds: number): PricesOfPast | string {
  if (rows.length === 0) return 'no prices of what the book holds are stored';
  if (!(horizonSeconds > 0 && horizonSeconds % HOUR === 0))
    return `the horizon of ${horizonSeconds} seconds is no whole hours`;
  const source = sources
    .map(({ what, source: name, prices }) => `${what}: ${name}, ${prices.toLocaleString('en-US')} hours`)
    .join('; ');
  return { prices: sharedPrices(priceTable(rows, HOUR)), horizonSeconds, source };
}
