import { COUNTED_IN_SECONDS, COUNTED_IN_TIMES, MEASURES, type Measure } from '../monitor/reading.ts';
import type { FlagRule } from './flag-rule.ts';

/**
 * Why a flag is up, for people: what was measured, what it came to, and the lines of its rule. `Distance from the market: 6 %. Raised
 * from 2 % on, critical from 5 %.`
 */
export function flagReason({ measure, bad, raiseAt, criticalAt }: FlagRule, peak: number): string {
  const words = MEASURES[measure];
  const way = bad === 'high' ? 'on' : 'down';
  const said = (value: number) => valueInWords(measure, value);
  return `${words[0]!.toUpperCase()}${words.slice(1)}: ${said(peak)}. Raised from ${said(raiseAt)} ${way}, critical from ${said(criticalAt)}.`;
}

/** A value of a measure with its unit: `2.5 %`, `3.2` times, or `45 s`. */
export function valueInWords(measure: Measure, value: number): string {
  if (COUNTED_IN_TIMES.has(measure)) return String(rounded(value));
  if (COUNTED_IN_SECONDS.has(measure)) return `${rounded(value)} s`;
  return `${rounded(value * 100)} %`.replace('-', '\u2212');
}

/** Three digits that count: a thousandth of a percent of a large number is noise. */
const rounded = (value: number): number => (value === 0 ? 0 : Number(value.toPrecision(3)));
