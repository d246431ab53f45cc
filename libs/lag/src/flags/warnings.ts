import type { Reading } from '../monitor/reading.ts';
import { DEFAULT_RULES, type FlagKind, type FlagRule, type Severity } from './flag-rule.ts';

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
  return rules.flatMap(({ kind, measure, bad, raiseAt, criticalAt }) => {
    const value = values[measure];
    const isBeyond = (line: number) =>
      value !== undefined && (bad === 'high' ? value >= line : value <= line);
    if (value === undefined || !isBeyond(raiseAt)) return [];
    return [{ kind, severity: isBeyond(criticalAt) ? 'critical' : 'warning', value }];
  });
}
