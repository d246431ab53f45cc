import type { Book } from '@undertow/book';
import {
  DEFAULT_POLICIES,
  namedMoves,
  type LiquidatorPolicy,
  type Policies,
  type Scenario,
} from '@undertow/cascade';
import { assetMarkets, landsAtUsd, type ExchangeQuote } from '@undertow/lag';
import { asUsage, UsageError } from '../explain-error.ts';
import type { NamedShock } from '../option-values.ts';

/** What is asked of a run, in the words of the command line. */
export interface ScenarioOptions extends PolicyOptions {
  readonly shock: readonly NamedShock[];
  readonly volatility?: number;
}

/** How those who act behave, in the same words. */
export interface PolicyOptions {
  readonly liquidators?: LiquidatorPolicy['kind'];
  /** USD per call. */
  readonly gas?: number;
  /** USD per round. */
  readonly capital?: number;
  readonly oracles?: Policies['oracles'];
  readonly depositors?: Policies['depositors'];
  readonly depth?: number;
  readonly maxRounds?: number;
}

/**
 * The scenario that options mean on a book.
 *
 * @param quotes what exchanges said at the time of the book: what lands goes to what assets trade at by pools and exchanges then.
 * @throws UsageError for what the book lacks, for moves that contradict, and as `checkPolicies` does.
 */
export function scenarioOf(
  book: Book,
  options: ScenarioOptions,
  quotes: readonly ExchangeQuote[] = [],
): Scenario {
  const { volatility, depth, maxRounds } = options;
  const moves = asUsage(() => namedMoves(book, options.shock));
  const isQuoted = quotes.length > 0 && moves.some(({ kind }) => kind === 'landed');
  return {
    moves,
    ...(isQuoted && { landsAtUsd: landsAtUsd(book, assetMarkets(book, quotes)) }),
    volatilityMove: volatility ?? 0,
    depthFactor: depth ?? 1,
    ...(maxRounds === undefined ? {} : { maxRounds }),
    policies: policiesOf(options),
  };
}

/** @throws UsageError as `checkPolicies` does. */
export const policiesOf = (options: PolicyOptions): Policies => ({
  liquidators: liquidatorsOf(options),
  oracles: options.oracles ?? DEFAULT_POLICIES.oracles,
  depositors: options.depositors ?? DEFAULT_POLICIES.depositors,
});

/**
 * Looks at what needs no book.
 *
 * @throws UsageError for options of liquidators that contradict each other.
 */
export function checkPolicies(options: ScenarioOptions): void {
  liquidatorsOf(options);
}

function liquidatorsOf({ liquidators: kind, gas, capital }: PolicyOptions): LiquidatorPolicy {
  if (kind !== 'capital' && capital !== undefined)
    throw new UsageError('--capital limits --liquidators capital: add that, or leave out --capital.');
  if (kind === 'unlimited') {
    if (gas === undefined) return { kind };
    throw new UsageError(
      '--liquidators unlimited act at any loss, so that --gas changes nothing: leave out one of them.',
    );
  }
  const gasUsd = gas ?? 0;
  if (kind !== 'capital') return { kind: 'rational', gasUsd };
  if (capital !== undefined) return { kind, gasUsd, capitalUsd: capital };
  throw new UsageError(
    '--liquidators capital needs --capital <usd>: what all of them together can repay in a round.',
  );
}
