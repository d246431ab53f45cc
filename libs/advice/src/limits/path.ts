import type { AdvicePath } from '../advice/advice.ts';
import { checkLimit, type FieldLimit } from './steward-limits.ts';

/** A change that is to be made in allowed steps. */
export interface PathOf {
  readonly from: number;
  readonly to: number;
  /** Undefined where the steward has no say in it. */
  readonly limit: FieldLimit | undefined;
  /** Values are whole multiples of this: 0.0001 of a basis point, 1 of whole units. */
  readonly grain: number;
  /** The earliest moment of the first step, unix seconds. */
  readonly start: number;
  /** When the parameter was last changed, unix seconds; undefined = long ago, or not known. */
  readonly lastChange?: number | undefined;
  /** The moment by which the path must have ended, unix seconds; undefined = none. */
  readonly end?: number | undefined;
}

/** More steps than these are not a path but a matter for governance. */
const MOST_STEPS = 1_000;

/**
 * The steps in which a steward can go from one value to another: each at most as large as allowed, towards the target, at the earliest
 * moment. Where the target cannot be reached the path goes as far as it can and says why not.
 *
 * @throws BadDataError for limits that contradict each other.
 */
export function pathTo(of: PathOf): AdvicePath {
  const { from, to, limit, start, lastChange } = of;
  if (from === to) return { reaches: true, steps: [], words: [] };
  if (limit === undefined) return ended([], ['The steward may not change it: this is for governance.']);
  checkLimit('path', limit);
  const [target, words] = withinLimit(of, limit);
  const steps: AdvicePath['steps'] = [];
  let value = from;
  let time = Math.max(start, lastChange === undefined ? start : lastChange + limit.leastDelaySeconds);
  while (value !== target) {
    if (steps.length === MOST_STEPS)
      return ended(steps, [...words, `It takes more than ${MOST_STEPS} steps.`]);
    if (of.end !== undefined && time > of.end)
      return ended(steps, [
        ...words,
        'The target is not reached in time: the steps that are left come too late.',
      ]);
    const next = nextValue(value, { target, limit, grain: of.grain });
    if (next === value) return ended(steps, [...words, stuckWords(value, limit)]);
    value = next;
    steps.push({
      time,
      value,
      ...(limit.expirySeconds !== undefined && { expires: time + limit.expirySeconds }),
    });
    time += limit.leastDelaySeconds;
  }
  return { reaches: target === to, steps, words };
}

const ended = (steps: AdvicePath['steps'], words: string[]): AdvicePath => ({ reaches: false, steps, words });

/** The target, or the nearest value that the steward may set, and why. */
function withinLimit(
  { to, grain }: PathOf,
  { least, most, allowsZero = false }: FieldLimit,
): [number, string[]] {
  if (least !== undefined && to < least) return [least, [`The steward may not set less than ${least}.`]];
  if (most !== undefined && to > most) return [most, [`The steward may not set more than ${most}.`]];
  return to === 0 && !allowsZero ? [grain, ['The steward may not set 0: that is for governance.']] : [to, []];
}

/** The farthest allowed value towards the target, a whole multiple of the grain unless it is the target itself. */
function nextValue(
  value: number,
  { target, limit, grain }: { readonly target: number; readonly limit: FieldLimit; readonly grain: number },
): number {
  const most = limit.isRelative ? limit.largestChange * value : limit.largestChange;
  if (Math.abs(target - value) <= most * (1 + 1e-12)) return target;
  const reached = value + Math.sign(target - value) * most;
  const places = reached / grain;
  // Towards where it stands, so that rounding never makes a step larger than allowed; a hair is for decimals that are no binary numbers.
  const whole = target > value ? Math.floor(places + 1e-6) : Math.ceil(places - 1e-6);
  const next = clean(whole * grain);
  const isOnward = target > value ? next > value : next < value;
  return isOnward && (next > 0 || limit.allowsZero === true) ? next : value;
}

/** 82 × 0.0001 is not 0.0082 in binary; twelve digits are. */
const clean = (value: number) => Number(value.toPrecision(12));

const stuckWords = (value: number, { isRelative }: FieldLimit): string =>
  isRelative && value === 0
    ? 'From 0 no relative change leads anywhere: this is for governance.'
    : `From ${value} the largest allowed change is smaller than the smallest step: this is for governance.`;
