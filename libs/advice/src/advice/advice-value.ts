import { safeSide, unitOf, type ParameterKind } from '../parameters/parameter.ts';
import type { AdviceValue } from './advice.ts';

/** A value as an advice says it: ratios also in basis points, rounded to the safe side. */
export function adviceValue(kind: ParameterKind, value: number): AdviceValue {
  const unit = unitOf(kind);
  if (unit !== 'ratio') return { value, unit };
  const bps = value * 10_000;
  // Decimals that are no binary numbers must not lose a basis point.
  return { value, unit, bps: safeSide(kind) === 'up' ? Math.ceil(bps - 1e-6) : Math.floor(bps + 1e-6) };
}

/** A value as people write it: `82.5 %`, `120,000`, `1,500,000 USD`. */
export function valueText(kind: ParameterKind, value: number): string {
  const unit = unitOf(kind);
  if (unit === 'ratio') return `${Number((100 * value).toFixed(2))} %`;
  const whole = GROUPED.format(safeSide(kind) === 'up' ? Math.ceil(value - 1e-9) : Math.floor(value + 1e-9));
  return unit === 'usd' ? `${whole} USD` : whole;
}

const GROUPED = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** USD in full: a forum's readers add them up. */
export const usdText = (usd: number): string => `${GROUPED.format(Math.round(usd))} USD`;
