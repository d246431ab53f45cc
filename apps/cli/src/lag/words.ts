/** A ratio as a share of a hundred. */
export const share = (ratio: number, digits = 2): string => `${(ratio * 100).toFixed(digits)} %`;

/** A moment to the minute, in UTC. */
export const minute = (time: number): string =>
  new Date(time * 1_000).toISOString().slice(0, 16).replace('T', ' ');

/** A length of time in its largest fitting unit. */
export function span(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 4 * 3_600) return `${(seconds / 60).toFixed(seconds % 60 === 0 ? 0 : 1)} min`;
  return seconds < 10 * 86_400 ? `${(seconds / 3_600).toFixed(1)} h` : `${Math.round(seconds / 86_400)} days`;
}
