import { mergeSplitLegs, type Book } from '@undertow/book';
import { BadDataError } from '@undertow/units';
import { marketPriceUsd, openMarket, type Market } from '../../market/market.ts';
import { shocked } from '../../resolve-moves.ts';
import { DEFAULT_POLICIES, type Scenario } from '../../scenario.ts';
import type { Outcome } from '../outcome.ts';
import type { CallRecorder } from './call-recorder.ts';
import { compileBook, type CompiledBook } from './compiled-book.ts';
import { Runner } from './fast-run.ts';
import { lendingLast } from './lending-last.ts';
import { LiveMarket } from './live-market.ts';
import { outcomeOfRun } from './outcome-of-run.ts';

/**
 * The fast engine of a book: same answers as `simulate`, from columns that are made once and changed in place. Its rows of accounts are
 * those of `lendingLast` of the book.
 */
export function openFast(given: Book, recorder?: CallRecorder): (scenario: Scenario) => Outcome {
  const book = lendingLast(mergeSplitLegs(given));
  const opened = openMarket(book);
  const compiled = compileBook(book, restingMarkets(book, opened));
  const runners = new Map<number, { readonly market: Market; readonly runner: Runner }>();
  const runnerAt = (depthFactor: number) => {
    const known = runners.get(depthFactor);
    if (known) return known;
    runners.clear();
    const made = openRunner(compiled, depthFactor === 1 ? opened : openMarket(book, depthFactor), recorder);
    runners.set(depthFactor, made);
    return made;
  };
  return (scenario) => {
    const depthFactor = scenario.depthFactor ?? 1;
    if (!(depthFactor > 0 && Number.isFinite(depthFactor)))
      throw new BadDataError(`depth must be multiplied by a number above 0, but is by ${depthFactor}`);
    const { market, runner } = runnerAt(depthFactor);
    const policies = { ...DEFAULT_POLICIES, ...scenario.policies };
    const run = runner.run(shocked(book, market, scenario), policies, scenario.maxRounds);
    return outcomeOfRun(runner, run);
  };
}

function openRunner(compiled: CompiledBook, market: Market, recorder: CallRecorder | undefined) {
  return { market, runner: new Runner(compiled, new LiveMarket(market), recorder) };
}

/** By asset row, where markets stand before any shock, USD. */
function restingMarkets(book: Book, market: Market): Float64Array {
  const { places } = shocked(book, market, { moves: [] });
  return Float64Array.from(book.assets, (_, row) => marketPriceUsd(market, places, row));
}
