import type { Policy } from './policy.ts';

const DAY = 86_400;

/** The first second from `at` on (unix seconds) that is not in the quiet hours of a policy. */
export function afterQuietHours({ quietHours }: Pick<Policy, 'quietHours'>, at: number): number {
  if (!quietHours) return at;
  const local = at + quietHours.utcOffsetMinutes * 60;
  const second = ((local % DAY) + DAY) % DAY;
  const [from, to] = [secondOf(quietHours.from), secondOf(quietHours.to)];
  const isQuiet = from < to ? second >= from && second < to : second >= from || second < to;
  if (!isQuiet) return at;
  return at + ((to - second + DAY) % DAY);
}

function secondOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 3_600 + minutes * 60;
}
