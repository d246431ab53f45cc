import type { EngineKind } from '@undertow/cascade';
import type { OpenedPlan, Plan, SweepTable, TailMeasures } from '@undertow/sweep';

/** A whole sweep, and what is behind its worst scenarios. */
export interface SweptBook {
  readonly plan: Plan;
  readonly opened: OpenedPlan;
  readonly engine: EngineKind;
  readonly table: SweepTable;
  /** At `TAIL_LEVEL`; undefined of a grid, which is no sample. */
  readonly tail: TailMeasures | undefined;
}
