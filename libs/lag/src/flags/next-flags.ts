import type { Watched } from '../report/watched.ts';
import { DEFAULT_RULES, type FlagKind, type FlagRule } from './flag-rule.ts';
import { resumeRule, stepRule, type Flag, type FlagChange, type Said } from './step-rule.ts';

/** A flag with whose it is. */
export interface OwnedFlag extends Flag, Omit<Watched, 'kind' | 'values'> {}

/** A flag as a reading left it, and what the reading did to it. */
export interface ChangedFlag extends OwnedFlag {
  readonly change: FlagChange;
}

/** What was kept of readings before. */
export interface FlagMemory {
  /** Flags that stand. */
  readonly standing: readonly OwnedFlag[];
  /** The newest values before this reading of the measure of a rule, the oldest first: one less than its rule asks for is enough. */
  readonly last: (rule: FlagRule, subject: string) => readonly Said[];
}

/**
 * What one reading of everything that is watched does to flags: raises, worsens and ends them. A measure without a value leaves its flags
 * as they are, unless its rule says otherwise; what is watched no longer ends its flags, since nothing hangs on it any more.
 */
export function nextFlags(
  { time, watched }: { readonly time: number; readonly watched: readonly Watched[] },
  { standing, last }: FlagMemory,
  rules: readonly FlagRule[] = DEFAULT_RULES,
): ChangedFlag[] {
  const keyOf = (kind: FlagKind, subject: string) => `${kind} ${subject}`;
  const up = new Map(standing.map((flag) => [keyOf(flag.kind, flag.subject), flag]));
  const known = new Set(watched.map(({ subject }) => subject));
  const changed = watched.flatMap(({ subject, label, assets, venues, atStakeUsd, values }) =>
    rules.flatMap((rule): ChangedFlag[] => {
      const value = values[rule.measure];
      const before = resumeRule(rule, up.get(keyOf(rule.kind, subject)), last(rule, subject));
      const { flag, change } = stepRule(rule, before, { time, value });
      return flag === undefined ? [] : [{ ...flag, subject, label, assets, venues, atStakeUsd, change }];
    }),
  );
  const gone = standing.flatMap((flag): ChangedFlag[] =>
    known.has(flag.subject) ? [] : [{ ...flag, end: time, change: 'ended' }],
  );
  return [...changed, ...gone];
}
