import { BadDataError } from '@undertow/units';
import type { Reading } from '../monitor/reading.ts';
import { DEFAULT_RULES, type FlagRule } from './flag-rule.ts';
import { NOTHING_SEEN, stepRule, type Flag } from './step-rule.ts';

/**
 * Follows one oracle reading by reading: a state per rule, and the flags that it raised. A measure that is absent from a reading
 * leaves its flag as it is: nobody knows then, unless its rule says that it ends (`endsWhenAbsent`).
 *
 * @throws BadDataError when a reading is older than the one before.
 */
export function flagTracker(rules: readonly FlagRule[] = DEFAULT_RULES): {
  /** Takes the next reading; gives the flags that it raised, made critical or lowered, as they are now. */
  readonly take: (reading: Reading) => readonly Flag[];
  /** All flags so far, in the order in which they were raised. */
  readonly flags: () => readonly Flag[];
} {
  const all: Flag[] = [];
  const states = rules.map(() => NOTHING_SEEN);
  let latest = -Infinity;
  return {
    take({ time, values }) {
      if (!(time >= latest)) throw new BadDataError(`a reading at ${time} came after one at ${latest}`);
      latest = time;
      return rules.flatMap((rule, row) => {
        const value = values[rule.measure];
        const { standing } = states[row]!;
        const { state, flag, change } = stepRule(rule, states[row]!, { time, value });
        states[row] = state;
        if (flag === undefined) return [];
        if (standing === undefined) all.push(flag);
        else all[all.indexOf(standing)] = flag;
        return change === 'peaked' ? [] : [flag];
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
