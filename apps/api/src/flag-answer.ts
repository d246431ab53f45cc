import {
  DEFAULT_RULES,
  flagReason,
  MEASURES,
  type FlagRule,
  type Measure,
  type OwnedFlag,
} from '@undertow/lag';

/** A flag as the schema has it. */
export interface FlagAnswer extends OwnedFlag {
  readonly measure: Measure;
  readonly reason: string;
}

/** A rule as the schema has it. */
export interface RuleAnswer extends FlagRule {
  readonly words: string;
}

/** Rules of flags, each with what it measures in words. */
export const ruleAnswers = (): RuleAnswer[] =>
  DEFAULT_RULES.map((rule) => ({ endsWhenAbsent: false, ...rule, words: MEASURES[rule.measure] }));

/** A flag with its reason; none where no rule raises such flags any more. */
export function flagAnswer(flag: OwnedFlag): FlagAnswer[] {
  const rule = DEFAULT_RULES.find(({ kind }) => kind === flag.kind);
  return rule ? [{ ...flag, measure: rule.measure, reason: flagReason(rule, flag.peak) }] : [];
}

/** Kinds of the flags that a measure raises. */
export const kindsOf = (measure: Measure): string[] =>
  DEFAULT_RULES.filter((rule) => rule.measure === measure).map(({ kind }) => kind);
