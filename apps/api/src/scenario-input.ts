import { parseOverride, type Book, type TermsOverride } from '@undertow/book';
import {
  DEFAULT_POLICIES,
  namedMoves,
  type LiquidatorPolicy,
  type NamedMove,
  type Policies,
  type Scenario,
} from '@undertow/cascade';
import { BadDataError } from '@undertow/units';
import { inputError } from './errors.ts';
import { checkMove } from './input.ts';

/** As the schema has it; what is left out may also be null. */
export interface PoliciesInput {
  readonly liquidators?: LiquidatorPolicy['kind'] | null;
  readonly gasUsd?: number | null;
  readonly capitalUsd?: number | null;
  readonly oracles?: Policies['oracles'] | null;
  readonly depositors?: Policies['depositors'] | null;
}

/** The arguments that say what is asked of a run. */
export interface ScenarioInput {
  readonly moves: readonly NamedMove[];
  readonly volatilityMove?: number | null;
  readonly depthFactor?: number | null;
  readonly policies?: PoliciesInput | null;
}

const MOST_MOVES = 100;
const MOST_OVERRIDES = 100;

/** What can be said of a scenario without a book; throws a GraphQLError that says what would be right. */
export function checkScenario(input: ScenarioInput): void {
  const { moves, volatilityMove, depthFactor, policies } = input;
  if (moves.length > MOST_MOVES)
    throw inputError(`At most ${MOST_MOVES} moves are allowed; there are ${moves.length}.`);
  for (const { what, move } of moves) checkMove(move, `The move of ${JSON.stringify(what.slice(0, 60))}`);
  checkMove(volatilityMove ?? 0, 'volatilityMove');
  const depth = depthFactor ?? 1;
  if (!(depth > 0))
    throw inputError(`depthFactor is ${depth}; it must be above 0: 0.5 is half of the depth.`);
  liquidatorsOf(policies);
}

/** The scenario that is asked for of a book, with everything in it named as the book names it. */
export function scenarioOf(book: Book, input: ScenarioInput): Scenario {
  checkScenario(input);
  const { volatilityMove, depthFactor, policies } = input;
  return {
    moves: asInput(() => namedMoves(book, input.moves)),
    volatilityMove: volatilityMove ?? 0,
    depthFactor: depthFactor ?? 1,
    policies: {
      liquidators: liquidatorsOf(policies),
      oracles: policies?.oracles ?? DEFAULT_POLICIES.oracles,
      depositors: policies?.depositors ?? DEFAULT_POLICIES.depositors,
    },
  };
}

/** Overrides of terms as people write them, read by the names of a book. */
export function overridesOf(book: Book, texts: readonly string[] | null | undefined): TermsOverride[] {
  const { length } = texts ?? [];
  if (length > MOST_OVERRIDES)
    throw inputError(`At most ${MOST_OVERRIDES} overrides are allowed; there are ${length}.`);
  return asInput(() => (texts ?? []).map((text) => parseOverride(book, text)));
}

/** Does what goes by a client's words, so that what is wrong with those is the client's to correct. */
export function asInput<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof BadDataError) throw inputError(cause.message);
    throw cause;
  }
}

/** The same for what is being done. */
export async function asInputLater<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (cause) {
    return asInput(() => {
      throw cause;
    });
  }
}

function liquidatorsOf(policies: PoliciesInput | null | undefined): LiquidatorPolicy {
  const kind = policies?.liquidators ?? DEFAULT_POLICIES.liquidators.kind;
  const gasUsd = policies?.gasUsd ?? undefined;
  const capitalUsd = policies?.capitalUsd ?? undefined;
  if (kind !== 'capital' && capitalUsd !== undefined)
    throw inputError('capitalUsd limits liquidators: capital; choose those, or leave it out.');
  if (kind === 'unlimited') {
    if (gasUsd === undefined) return { kind };
    throw inputError(
      'Liquidators that are unlimited act at any loss, so that gasUsd changes nothing: leave it out.',
    );
  }
  if (gasUsd !== undefined && !(gasUsd >= 0)) throw inputError(`gasUsd is ${gasUsd}; it must be 0 or more.`);
  if (kind === 'rational') return { kind, gasUsd: gasUsd ?? 0 };
  if (capitalUsd === undefined || !(capitalUsd > 0))
    throw inputError(
      'Liquidators with capital need capitalUsd above 0: what all of them together can repay in a round.',
    );
  return { kind, gasUsd: gasUsd ?? 0, capitalUsd };
}
