const UNITS = [
  [86_400, 'days', '1 day'],
  [3_600, 'hours', '1 hour'],
  [60, 'minutes', '1 minute'],
] as const;

/** A time in the largest unit of which it is a whole number: `1000 days`, `90 minutes`, `1 hour`, `45 seconds`. */
export function durationName(seconds: number): string {
  const [size, many, one] = UNITS.find(([unit]) => seconds >= unit && seconds % unit === 0) ?? [
    1,
    'seconds',
    '1 second',
  ];
  return seconds === size ? one : `${seconds / size} ${many}`;
}
