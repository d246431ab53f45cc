import { BadDataError } from '@undertow/units';
import type { Reading } from '../monitor/reading.ts';
import { DEFAULT_RULES, isBeyond, type FlagKind, type FlagRule, type Severity } from './flag-rule.ts';

/** A time in which a price was not to be trusted. */
export interface Flag {
  readonly kind: FlagKind;
  /** The worst that it came to. */
  readonly severity: Severity;
  /** First of the readings that raised it, unix seconds. */
  readonly start: number;
  /** When it was raised: after as many readings as its rule asks for. */
  readonly raisedAt: number;
  /** First of the readings that lowered it; undefined while it stands. */
  readonly end: number | undefined;
  /** The worst value of its measure, and when that was. */
  readonly peak: number;
  readonly peakTime: number;
}

/**
 * Follows one oracle reading by reading: a state per rule, and the flags that it raised. A measure that is absent from a reading
 * leaves its flag as it is: nobody knows then.
 *
 * @throws BadDataError when a reading is older than the one before.
 */
export function flagTracker(rules: readonly FlagRule[] = DEFAULT_RULES): {
  /** Takes the next reading; gives the flags that it raised or lowered, as they are now. */
  readonly take: (reading: Reading) => readonly Flag[];
  /** All flags so far, in the order in which they were raised. */
  readonly flags: () => readonly Flag[];
} {
  const all: Flag[] = [];
  const watches = rules.map((rule) => watch(rule));
  let latest = -Infinity;
  return {
    take(reading) {
      if (!(reading.time >= latest))
        throw new BadDataError(`a reading at ${reading.time} came after one at ${latest}`);
      latest = reading.time;
      return watches.flatMap((take) => {
        const { before, after } = take(reading);
        if (after === undefined) return [];
        if (before === undefined) all.push(after);
        else all[all.indexOf(before)] = after;
        return before === undefined || after.end !== undefined ? [after] : [];
      });
    },
    flags: () => all,
  };
}

/** All flags of readings that are known already. */
export function flagsOf(readings: readonly Reading[], rules?: readonly FlagRule[]): readonly Flag[] {
  const tracker = flagTracker(rules);
  for (const reading of readings) tracker.take(reading);
  return tracker.flags();
}

interface Change {
  readonly before: Flag | undefined;
  /** The flag as it is now; undefined where there is none. */
  readonly after: Flag | undefined;
}

const NOTHING: Change = { before: undefined, after: undefined };

/** One rule's memory. */
function watch(rule: FlagRule): (reading: Reading) => Change {
  const { kind, measure, raiseAt, criticalAt, clearAt, readings } = rule;
  const isBad = (value: number, line: number) => isBeyond(rule, value, line);
  const isWorse = (value: number, than: number) => (rule.bad === 'high' ? value > than : value < than);
  let standing: Flag | undefined;
  /** Readings in a row that speak for a change. */
  let run: { readonly time: number; readonly value: number }[] = [];

  const worstOf = (seen: readonly { readonly time: number; readonly value: number }[]) =>
    seen.reduce((worst, one) => (isWorse(one.value, worst.value) ? one : worst));
  const severityOf = (peak: number): Severity => (isBad(peak, criticalAt) ? 'critical' : 'warning');

  return ({ time, values }) => {
    const value = values[measure];
    if (value === undefined) return NOTHING;
    if (!standing) {
      run = isBad(value, raiseAt) ? [...run, { time, value }] : [];
      if (run.length < readings) return NOTHING;
      const worst = worstOf(run);
      const start = run[0]!.time;
      run = [];
      standing = {
        kind,
        severity: severityOf(worst.value),
        start,
        raisedAt: time,
        end: undefined,
        peak: worst.value,
        peakTime: worst.time,
      };
      return { before: undefined, after: standing };
    }
    const before = standing;
    if (isWorse(value, before.peak))
      standing = { ...before, peak: value, peakTime: time, severity: severityOf(value) };
    run = isBad(value, clearAt) ? [] : [...run, { time, value }];
    if (run.length < readings) return standing === before ? NOTHING : { before, after: standing };
    const after = { ...standing, end: run[0]!.time };
    standing = undefined;
    run = [];
    return { before, after };
  };
}
