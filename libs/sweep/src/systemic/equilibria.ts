import { DEFAULT_POLICIES, type Engine, type Policies, type Scenario } from '@undertow/cascade';

/** Where one scenario comes to rest under one set of policies. */
export interface Equilibrium {
  readonly policies: Policies;
  readonly lossUsd: number;
  readonly liquidatedUsd: number;
  readonly rounds: number;
  readonly converged: boolean;
}

/**
 * The equilibria of one scenario that the engine knows to find: liquidators at a profit and at any loss, oracles between and within
 * rounds. Where they differ, what happens depends on who acts how fast, which no model of one of them says. The engine comes to one
 * state of rest under each; that there is none with a smaller or larger loss is not proved.
 */
export interface Equilibria {
  readonly all: readonly Equilibrium[];
  /** By loss, then by liquidated value. */
  readonly least: Equilibrium;
  readonly greatest: Equilibrium;
  /** Whether losses or liquidated values differ by more than a millionth. */
  readonly differ: boolean;
}

const SAME = 1e-6;

/** @throws BadDataError as `Engine.run` does. */
export function equilibria(engine: Engine, scenario: Scenario): Equilibria {
  const given = { ...DEFAULT_POLICIES, ...scenario.policies };
  const profitable =
    given.liquidators.kind === 'unlimited' ? DEFAULT_POLICIES.liquidators : given.liquidators;
  const policies = ([profitable, { kind: 'unlimited' }] as const).flatMap((liquidators) =>
    (['between', 'within'] as const).map((oracles): Policies => ({ ...given, liquidators, oracles })),
  );
  const all: Equilibrium[] = [];
  engine.run(
    policies.map((one) => ({ ...scenario, policies: one })),
    ({ lossUsd, liquidatedUsd, accountsPerRound, converged }, at) =>
      all.push({
        policies: policies[at]!,
        lossUsd,
        liquidatedUsd,
        rounds: accountsPerRound.length,
        converged,
      }),
  );
  const sorted = all.toSorted((a, b) => a.lossUsd - b.lossUsd || a.liquidatedUsd - b.liquidatedUsd);
  const [least, greatest] = [sorted[0]!, sorted.at(-1)!];
  const isFar = (of: (one: Equilibrium) => number) => {
    const values = all.map(of);
    return Math.max(...values) - Math.min(...values) > SAME * Math.max(1, ...values);
  };
  return {
    all,
    least,
    greatest,
    differ: isFar(({ lossUsd }) => lossUsd) || isFar(({ liquidatedUsd }) => liquidatedUsd),
  };
}
