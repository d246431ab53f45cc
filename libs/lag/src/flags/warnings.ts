import type { Reading } from '../monitor/reading.ts';
import { DEFAULT_RULES, isBeyond, type FlagKind, type FlagRule, type Severity } from './flag-rule.ts';

/** What is wrong at one moment: a flag that two readings in a row would raise. */
export interface Warning {
  readonly kind: FlagKind;
  readonly severity: Severity;
  /** The value of the rule's measure. */
  readonly value: number;
}

/** Every rule whose line a reading is beyond. */
export function warningsOf(
  { values }: Pick<Reading, 'values'>,
  rules: readonly FlagRule[] = DEFAULT_RULES,
): Warning[] {
  return rules.flatMap((rule) => {
    const value = values[rule.measure];
    if (value === undefined || !isBeyond(rule, value, rule.raiseAt)) return [];
    const severity = isBeyond(rule, value, rule.criticalAt) ? 'critical' : 'warning';
    return [{ kind: rule.kind, severity, value }];
  });
}
