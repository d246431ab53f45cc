const STEPS: readonly (readonly [number, string])[] = [
  [86_400, 'd'],
  [3_600, 'h'],
  [60, 'min'],
];

/** From here on an age says less than a date, days. */
const LONG_AGO = 30;

/** How long ago, in the largest whole unit: `now`, `12 s ago`, `3 min ago`; from 30 days on the date. Both in unix seconds; the future is `now`. */
export function ago(time: number, now: number): string {
  const seconds = Math.floor(now - time);
  if (!Number.isFinite(seconds)) return '–';
  if (seconds < 2) return 'now';
  if (seconds >= LONG_AGO * 86_400) return isoTime(time).slice(0, 10);
  for (const [step, unit] of STEPS)
    if (seconds >= step) return `${Math.floor(seconds / step)}\u202f${unit} ago`;
  return `${seconds}\u202fs ago`;
}

/** The moment in UTC, `2026-11-20 11:49:30 UTC`; what a title shows beside a relative time. Unix seconds. */
export function utc(time: number): string {
  return Number.isFinite(time) ? `${isoTime(time).replace('T', ' ').slice(0, 19)} UTC` : '–';
}

/** The moment to the minute, `2026-11-20 11:49`, in UTC: for columns. Unix seconds. */
export function minute(time: number): string {
  return Number.isFinite(time) ? isoTime(time).replace('T', ' ').slice(0, 16) : '–';
}

/** The moment as ISO 8601, for the `datetime` of a time element. */
export function isoTime(time: number): string {
  return new Date(time * 1000).toISOString();
}
