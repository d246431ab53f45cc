import type { Shocked } from './resolve-moves.ts';
import type { Scenario } from './scenario.ts';
import type { State } from './state.ts';
import { step, type Step } from './step.ts';
import type { World } from './world.ts';

/** A run to its end. */
export interface Run {
  readonly world: World;
  /** Right after the shock. */
  readonly start: State;
  /** Rounds in which somebody acted. */
  readonly steps: readonly Step[];
  readonly end: State;
  /** False when the cap on rounds ended it. */
  readonly converged: boolean;
}

/** Rounds after which a run stops that is not told otherwise. */
export const MAX_ROUNDS = 1_000;

/** Smaller moves of a round make more of them: a call moves a price by at most a hundredth then. */
export const MAX_ROUNDS_WITHIN = 10_000;

/** Repeats `step` from the shocked book until nobody acts. */
export function runOf(world: World, shock: Shocked, { maxRounds }: Pick<Scenario, 'maxRounds'>): Run {
  const { book, policies } = world;
  const start: State = {
    amount: book.legs.amount.slice(),
    isTouched: new Uint8Array(book.accounts.count),
    fundAmount: Float64Array.from(book.funds, (fund) => fund.amount),
    lots: [],
    places: shock.places,
    moved: shock.moved,
    prices: shock.prices,
    volatilityFactor: shock.volatilityFactor,
    seconds: 0,
  };
  const most = maxRounds ?? (policies.oracles === 'within' ? MAX_ROUNDS_WITHIN : MAX_ROUNDS);
  const steps: Step[] = [];
  let end = start;
  while (steps.length < most) {
    const done = step(world, end);
    if (done.calls.length === 0) return { world, start, steps, end, converged: true };
    steps.push(done);
    end = done.after;
  }
  return { world, start, steps, end, converged: false };
}
