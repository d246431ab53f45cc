import type { Interval } from './load.ts';

/** A 95 % interval in words: `$1.2M to $3.4M`, `? ` for an end that the sample is too small for, `no sample` for none. */
export function intervalWords(
  interval: Interval | null | undefined,
  format: (value: number) => string,
): string {
  if (!interval) return 'no sample';
  const end = (value: number | null) => (value === null ? '?' : format(Math.max(0, value)));
  return `${end(interval.low)} to ${end(interval.high)}`;
}
