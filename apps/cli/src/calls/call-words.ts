import type { Measure, Rung } from '@undertow/calls';
import { percent } from '../text-table.ts';

const NAMES: Readonly<Record<Measure, string>> = {
  loanToValue: 'loan-to-value',
  collateralRatio: 'collateral ÷ debt',
  healthFactor: 'health factor',
  deviations: 'standard deviations',
};

/** What a measure is called. */
export const measureName = (measure: Measure): string => NAMES[measure];

/** A number by a measure, as people read it. */
export function measureText(measure: Measure, value: number): string {
  if (value >= 1e6) return 'beyond measure';
  if (measure === 'loanToValue' || measure === 'collateralRatio') return percent(value);
  return measure === 'healthFactor' ? value.toFixed(4) : `${value.toFixed(2)} σ`;
}

/** A length of time in its two largest units. */
export function lengthText(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 3_600), 'h'],
    [Math.floor((seconds % 3_600) / 60), 'min'],
    [seconds % 60, 's'],
  ] as const;
  return parts
    .flatMap(([value, unit]) => (value > 0 ? [`${value} ${unit}`] : []))
    .slice(0, 2)
    .join(' ');
}

/** A rung in short, such as `call at 70.0 %, 24 h`. */
export function rungText({ name, at, deadlineSeconds, action }: Rung, measure: Measure): string {
  const by = deadlineSeconds === undefined ? '' : `, ${lengthText(deadlineSeconds)}`;
  return `${name} at ${measureText(measure, at)}${by}${action === 'warn' ? ', warns only' : ''}`;
}
