import { parameterKey, unitOf } from '../parameters/parameter.ts';
import type { ParameterPlace } from '../parameters/parameters-of.ts';
import { pathTo } from '../limits/path.ts';
import type { StewardLimits } from '../limits/steward-limits.ts';
import type { AdvicePath } from './advice.ts';

/** Under which limits, and from when, a steward goes to the advised values. */
export interface PathAsked {
  readonly limits: StewardLimits;
  /** The earliest moment of a first step, unix seconds. */
  readonly start: number;
  /** When parameters were last changed, unix seconds, by `parameterKey`. */
  readonly lastChanges?: Readonly<Record<string, number>>;
  /** The moment by which a path must have ended. */
  readonly end?: number;
}

/** The path from the present value of a place to another; undefined without limits, or where the present value is not known. */
export function pathOf(
  { parameter, current }: ParameterPlace,
  to: number,
  asked: PathAsked | undefined,
): AdvicePath | undefined {
  if (asked === undefined || current === undefined) return undefined;
  return pathTo({
    from: current,
    to,
    limit: asked.limits.fields[parameter.kind],
    grain: unitOf(parameter.kind) === 'ratio' ? 1e-4 : 1,
    start: asked.start,
    lastChange: asked.lastChanges?.[parameterKey(parameter)],
    end: asked.end,
  });
}
