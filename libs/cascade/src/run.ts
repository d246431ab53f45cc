import type { AccountRow } from '@undertow/book';
import type { Shocked } from './resolve-moves.ts';
import type { Scenario } from './scenario.ts';
import type { State } from './state.ts';
import type { Round } from './open-round.ts';
import { step } from './step.ts';
import type { World } from './world.ts';

/** A run to its end. */
export interface Run {
  readonly world: World;
  /** Right after the shock. */
  readonly start: State;
  /** Rounds in which somebody acted. */
  readonly steps: readonly Round[];
  readonly end: State;
  /** False when the cap on rounds ended it. */
  readonly converged: boolean;
  /** Who has to be looked at in the end; undefined = all accounts. */
  readonly lookedAt?: LookedAt;
}

/** Accounts in the book's order, among which all are that are meant. */
export interface LookedAt {
  /** Due at the end. */
  readonly due: readonly AccountRow[];
  /** Due, or without equity where the markets stand. */
  readonly short: readonly AccountRow[];
}

/** Rounds after which a run stops that is not told otherwise. */
export const MAX_ROUNDS = 1_000;

/** Smaller moves of a round make more of them: a call moves a price by at most a hundredth then. */
export const MAX_ROUNDS_WITHIN = 10_000;

/** Repeats `step` from the shocked book until nobody acts. */
export function runOf(world: World, shock: Shocked, { maxRounds }: Pick<Scenario, 'maxRounds'>): Run {
  const { policies } = world;
  const start = startOf(world, shock);
  const most = maxRounds ?? (policies.oracles === 'within' ? MAX_ROUNDS_WITHIN : MAX_ROUNDS);
  const steps: Round[] = [];
  let end = start;
  while (steps.length < most) {
    const done = step(world, end);
    if (done.calls.length === 0) return { world, start, steps, end, converged: true };
    steps.push(done);
    end = done.after;
  }
  return { world, start, steps, end, converged: false };
}

/** Right after the shock: amounts are the book's, in columns of their own. */
export const startOf = ({ book }: World, shock: Shocked): State => ({
  amount: book.legs.amount.slice(),
  isTouched: new Uint8Array(book.accounts.count),
  fundAmount: Float64Array.from(book.funds, (fund) => fund.amount),
  lots: [],
  places: shock.places,
  moved: shock.moved,
  prices: shock.prices,
  volatilityFactor: shock.volatilityFactor,
  seconds: 0,
});
