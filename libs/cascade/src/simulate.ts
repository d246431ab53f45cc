import { BadDataError } from '@undertow/units';
import { mergeSplitLegs, type Book } from '@undertow/book';
import { lossesOf } from './losses/losses-of.ts';
import { openMarket, requotedAt } from './market/market.ts';
import { reportOf } from './report/report.ts';
import { shocked } from './resolve-moves.ts';
import type { CascadeResult, Losses } from './result.ts';
import { runOf, type Run } from './run.ts';
import { DEFAULT_POLICIES, type Policies, type Scenario } from './scenario.ts';

/** What is made of a run beside its scenario. */
export interface SimulateOptions {
  /** Whether both ends of what oracles do are run, where there is a loss. Default true. */
  readonly band?: boolean;
}

/**
 * Runs a cascade to its fixed point: the *equilibrium* engine, written for clarity.
 *
 * The scenario moves markets, feeds and oracles. Then rounds: liquidators go for every account that is due at the oracle prices,
 * one call each, the best paid first, and sell what they get where the market then stands; the oracles follow the markets. It
 * ends when nobody acts. The result does not depend on the order of rows, where a venue's rule does not, nor on whether a leg is
 * listed whole or in parts. See ASSUMPTIONS.md.
 *
 * @throws BadDataError for a move of what the book lacks or not above -1, for assets that hang on each other in a circle, and for
 *   numbers so large that their sums are no numbers.
 */
export function simulate(
  given: Book,
  scenario: Scenario,
  { band = true }: SimulateOptions = {},
): CascadeResult {
  const book = mergeSplitLegs(given);
  const policies: Policies = { ...DEFAULT_POLICIES, ...scenario.policies };
  const depthFactor = scenario.depthFactor ?? 1;
  if (!(depthFactor > 0 && Number.isFinite(depthFactor)))
    throw new BadDataError(`depth must be multiplied by a number above 0, but is by ${depthFactor}`);
  const opened = openMarket(book, depthFactor);
  const shock = shocked(book, opened, scenario);
  const market = requotedAt(opened, shock.places);
  const run = (own: Policies): Run =>
    runOf({ book, market, feeds: shock.feeds, policies: own }, shock, scenario);
  const result = reportOf(run(policies), { scenario, shock });
  return band ? withBand(result, (other) => reportOf(run(other), { scenario, shock })) : result;
}

/** A result with both ends of what oracles do, where there is a loss. */
export function withBand(result: CascadeResult, lossesUnder: (policies: Policies) => Losses): CascadeResult {
  const { policies, lossAtSaleUsd } = result;
  if (lossAtSaleUsd === 0) return result;
  const isBetween = policies.oracles === 'between';
  const other = lossesUnder({ ...policies, oracles: isBetween ? 'within' : 'between' });
  const [between, within] = isBetween ? [result, other] : [other, result];
  return { ...result, band: { between: lossesOf(between), within: lossesOf(within) } };
}
