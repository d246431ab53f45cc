import { lastAtOrBefore } from '../series/price-series.ts';
import { IN_TIME_SECONDS, type RuledFeed } from './missed-answers.ts';

/** The jumps of a market in a time, and how many of them a feed followed. */
export interface JumpCoverage {
  /** Those that asked an answer of the feed, as far as it is decided: what may still be followed in time is not among them. */
  readonly jumps: number;
  readonly followed: number;
  /** followed ÷ jumps, 1 = all; undefined without a jump. */
  readonly coverage: number | undefined;
}

/** Within so long a move is a jump, seconds: the market is measured every five minutes. Longer where its prices lie farther apart. */
export const JUMP_SECONDS = 300;

/**
 * The share of the market's jumps that a feed followed within its own rule. A jump is a move by the feed's threshold or more within
 * `jumpSeconds`, the next one counted from where it ended; it counts where what the feed had said before is then off by the threshold too. It is
 * followed when an answer comes between its start and `IN_TIME_SECONDS` after its end that is within the threshold of where the market jumped
 * to, or of where it stands by then. Undefined where no threshold is known.
 */
export function jumpCoverage(
  { answers, market, policy, hours }: RuledFeed,
  {
    from,
    to,
    jumpSeconds = JUMP_SECONDS,
  }: Readonly<Record<'from' | 'to', number>> & { readonly jumpSeconds?: number },
): JumpCoverage | undefined {
  const { threshold } = policy;
  if (threshold === undefined) return undefined;
  const { times, prices } = market;
  const isNear = (answer: number, price: number | undefined) =>
    price !== undefined && Math.abs(answer / price - 1) < threshold;
  const isFollowed = (start: number, end: number): boolean => {
    const last = lastAtOrBefore(answers.times, times[end]! + IN_TIME_SECONDS);
    for (let row = last; row >= 0 && answers.times[row]! > times[start]!; row -= 1) {
      const answer = answers.prices[row]!;
      const then = prices[lastAtOrBefore(times, answers.times[row]!)];
      if (isNear(answer, prices[end]) || isNear(answer, then)) return true;
    }
    return false;
  };
  let jumps = 0;
  let followed = 0;
  let ended = -Infinity;
  const end = lastAtOrBefore(times, to);
  for (let row = lastAtOrBefore(times, from) + 1; row <= end; row += 1) {
    const [time, price] = [times[row]!, prices[row]!];
    const since = Math.max(time - jumpSeconds, ended);
    const start = lastAtOrBefore(times, since);
    // Over a longer silence of the market nobody knows how fast it moved.
    if (start < 0 || since - times[start]! > jumpSeconds) continue;
    if (isNear(price, prices[start])) continue;
    ended = time;
    const said = answers.prices[lastAtOrBefore(answers.times, times[start]!)];
    if (said === undefined || isNear(said, price) || hours?.isOpen(time) === false) continue;
    const isCovered = isFollowed(start, row);
    if (!isCovered && time + IN_TIME_SECONDS > to) continue;
    jumps += 1;
    followed += isCovered ? 1 : 0;
  }
  return { jumps, followed, coverage: jumps === 0 ? undefined : followed / jumps };
}
