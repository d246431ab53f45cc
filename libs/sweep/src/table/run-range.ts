import type { Engine, Observer, Scenario } from '@undertow/cascade';
import { BadDataError } from '@undertow/units';
import type { IndexRange, OpenedPlan } from '../plan/open-plan.ts';
import { columnStarts, valuesOf } from './columns.ts';
import { packChunk, type SweepChunk } from './sweep-chunk.ts';
import type { SweepShape } from './sweep-shape.ts';

/**
 * Runs a range of a plan: a function of book, plan, engine and range, whoever runs it and how often.
 *
 * @throws BadDataError as `Engine.run` does, with the range's start before its words.
 */
export function runRange(
  {
    engine,
    opened,
    shape,
  }: { readonly engine: Engine; readonly opened: OpenedPlan; readonly shape: SweepShape },
  { from, to }: IndexRange,
): SweepChunk {
  const places = columnStarts(shape);
  const columns = new Map<number, Float64Array>();
  const scenarios = Array.from({ length: to - from }, (_, at) => opened.scenario(from + at));
  const row = new Float64Array(places.count);
  runFrom(engine, { from, scenarios }, (outcome, at) => {
    const values = valuesOf(outcome, places, row);
    for (let column = 0; column < values.length; column++) {
      const value = values[column]!;
      if (value === 0) continue;
      const into = columns.get(column) ?? new Float64Array(to - from);
      into[at] = value;
      columns.set(column, into);
    }
  });
  return packChunk({ key: shape.key, from, to, columns });
}

function runFrom(
  engine: Engine,
  { from, scenarios }: { readonly from: number; readonly scenarios: readonly Scenario[] },
  see: Observer,
): void {
  try {
    engine.run(scenarios, see);
  } catch (error) {
    if (!(error instanceof BadDataError)) throw error;
    throw new BadDataError(`counted from scenario ${from} on, ${error.message}`, { cause: error });
  }
}
