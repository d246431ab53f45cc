import type { Engine, Scenario } from '@undertow/cascade';

/** What one scenario costs, USD: all venues together first, then every venue by its row in the book. */
export type ScenarioLosses = Float64Array;

/** What scenarios cost. Throws BadDataError as `Engine.run` does. */
export function scenarioLosses(engine: Engine, scenarios: readonly Scenario[]): ScenarioLosses[] {
  const losses: ScenarioLosses[] = [];
  engine.run(scenarios, ({ lossUsd, venueLossUsd }) =>
    losses.push(Float64Array.of(lossUsd, ...venueLossUsd)),
  );
  return losses;
}

/** Says what scenarios cost when it likes, see `scenarioLosses`. */
export type LossesOf = (scenarios: readonly Scenario[]) => Promise<readonly ScenarioLosses[]>;

/** Losses by an engine that is at hand, at once. */
export const lossesBy =
  (engine: Engine): LossesOf =>
  // So that what is wrong with a scenario is heard by whoever waits.
  async (scenarios) =>
    scenarioLosses(engine, scenarios);
