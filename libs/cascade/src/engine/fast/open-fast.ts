import { mergeSplitLegs, type AccountRow, type Book } from '@undertow/book';
import { BadDataError } from '@undertow/units';
import { marketPriceUsd, openMarket, requotedAt, type Market } from '../../market/market.ts';
import { replay } from '../../replay.ts';
import { reportOf } from '../../report/report.ts';
import { shocked, type Shocked } from '../../resolve-moves.ts';
import type { CascadeResult } from '../../result.ts';
import type { LookedAt } from '../../run.ts';
import { DEFAULT_POLICIES, type Policies, type Scenario } from '../../scenario.ts';
import { withBand, type SimulateOptions } from '../../simulate.ts';
import type { Outcome } from '../outcome.ts';
import { CallLog } from './call-log.ts';
import { compileBook, type CompiledBook } from './compiled-book.ts';
import { Runner } from './fast-run.ts';
import { LiveMarket } from './live-market.ts';
import { nearFirst } from './near-first.ts';
import type { NearRows } from './near-rows.ts';
import { outcomeOfRun } from './outcome-of-run.ts';
import type { FastRun } from './tally.ts';

/** The fast engine of a book: same answers as `simulate`, from columns that are made once and changed in place. */
export interface FastEngine {
  outcomeOf(scenario: Scenario): Outcome;
  /** See `Engine.tell`. */
  tell(scenario: Scenario, options?: SimulateOptions): CascadeResult;
}

/** Markets with all depth multiplied by a factor, and what runs on them. */
interface AtDepth {
  readonly market: Market;
  readonly runner: Runner;
}

export function openFast(given: Book): FastEngine {
  const merged = mergeSplitLegs(given);
  const { near: book, rows } = nearFirst(merged);
  const opened = openMarket(book);
  const compiled = compileBook(book, restingMarkets(book, opened));
  const depths = new Map<number, AtDepth>();
  const depthOf = (scenario: Scenario): AtDepth => {
    const factor = scenario.depthFactor ?? 1;
    if (!(factor > 0 && Number.isFinite(factor)))
      throw new BadDataError(`depth must be multiplied by a number above 0, but is by ${factor}`);
    const known = depths.get(factor);
    if (known) return known;
    depths.clear();
    const made = openRunner(compiled, factor === 1 ? opened : openMarket(book, factor));
    depths.set(factor, made);
    return made;
  };
  const outcomeOf = (scenario: Scenario): Outcome => {
    const { market, runner } = depthOf(scenario);
    const run = runner.run(shocked(book, market, scenario), policiesOf(scenario), scenario.maxRounds);
    return outcomeOfRun(runner, run);
  };
  return {
    outcomeOf,
    tell(scenario, { band = true } = {}) {
      const { market, runner } = depthOf(scenario);
      const shock = shocked(merged, market, scenario);
      const result = storyOf(merged, { runner, rows, market, shock, scenario });
      return band ? withBand(result, (policies) => outcomeOf({ ...scenario, policies })) : result;
    },
  };
}

const policiesOf = (scenario: Scenario): Policies => ({ ...DEFAULT_POLICIES, ...scenario.policies });

function storyOf(
  book: Book,
  of: AtDepth & { readonly rows: NearRows; readonly shock: Shocked; readonly scenario: Scenario },
): CascadeResult {
  const { runner, rows, market, shock, scenario } = of;
  const policies = policiesOf(scenario);
  const log = new CallLog();
  const run = runner.run(shock, policies, scenario.maxRounds, log);
  const rounds = log.acted.map((calls) => calls.map((call) => rows.call(call)));
  const world = { book, market: requotedAt({ ...market, book }, shock.places), feeds: shock.feeds, policies };
  const decisions = { rounds, converged: run.converged, lookedAt: lookedAt(runner, run, rows) };
  return reportOf(replay(world, shock, decisions), { scenario, shock });
}

function lookedAt(runner: Runner, { due }: FastRun, rows: NearRows): LookedAt {
  return { due: rows.accounts(due), short: rows.accounts(runner.mayFallShort(due as AccountRow[])) };
}

function openRunner(compiled: CompiledBook, market: Market): AtDepth {
  return { market, runner: new Runner(compiled, new LiveMarket(market)) };
}

/** By asset row, where markets stand before any shock, USD. */
function restingMarkets(book: Book, market: Market): Float64Array {
  const { places } = shocked(book, market, { moves: [] });
  return Float64Array.from(book.assets, (_, row) => marketPriceUsd(market, places, row));
}
