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
