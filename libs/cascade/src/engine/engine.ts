import type { CascadeResult } from '../result.ts';
import type { Scenario } from '../scenario.ts';
import type { SimulateOptions } from '../simulate.ts';
import type { Outcome } from './outcome.ts';

/** Sees every scenario of a sweep once, in the order in which they were given. */
export type Observer = (outcome: Outcome, index: number) => void;

/** A book made ready for many scenarios. */
export interface Engine {
  /** `clear` is written to be read, `fast` to be run ten thousand times; both answer the same. */
  readonly kind: EngineKind;
  /**
   * Runs scenarios to their fixed points, one after the other, with the policies that each names. An outcome may be kept; nothing
   * of it is written again.
   *
   * @throws BadDataError as `simulate` does, with the index of the scenario before its words.
   */
  run(scenarios: readonly Scenario[], ...observers: readonly Observer[]): void;
  /**
   * The whole story of one scenario, as `simulate` tells it.
   *
   * @throws BadDataError as `simulate` does.
   */
  tell(scenario: Scenario, options?: SimulateOptions): CascadeResult;
}

export const ENGINE_KINDS = ['clear', 'fast'] as const;
export type EngineKind = (typeof ENGINE_KINDS)[number];
