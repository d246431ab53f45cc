import { percent } from '../../format/number.ts';
import type { Feed, Warning } from './load.ts';

/** What a warning says, with its number. */
export function warningWords({ kind, value }: Warning): string {
  const share = percent(value);
  switch (kind) {
    case 'stuck':
      return `no answer for ${value.toFixed(1)} times as long as usual`;
    case 'slow':
      return `the market has moved ${value.toFixed(1)} times its threshold`;
    case 'deviating':
      return `${share} from the market`;
    case 'jumping':
      return `moved ${share} otherwise than the market`;
    case 'decoupled':
      return `constant, while the market is ${share} away`;
    case 'capped':
      return value <= 0 ? `its cap binds, ${percent(-value)} too low` : `${share} below its cap`;
    case 'cap_pending':
      return value <= 0
        ? `a pending update would cap it, ${percent(-value)} too low`
        : `${share} below its pending cap`;
    case 'bounded':
      return value <= 0 ? 'at the least or greatest that it can answer' : `${share} from its bound`;
    case 'split_legs':
      return `the pair is ${share} from the ratio of its markets`;
    case 'disagreeing':
      return `${share} from another oracle of the asset`;
  }
}

/** The rule of a feed as people say it. */
export function ruleWords({ rule, answersKnown }: Pick<Feed, 'rule' | 'answersKnown'>): string {
  const { threshold, heartbeatSeconds, clocks } = rule;
  if (answersKnown === 0) return 'a price of the venue’s own, no answers';
  if (threshold === null && heartbeatSeconds === null) return 'too few answers to say';
  const parts = [
    ...(threshold === null ? [] : [`at a move of ${percent(threshold)}`]),
    ...clocks.map(({ periodSeconds }) => `every ${span(periodSeconds)} by the clock`),
    ...(heartbeatSeconds === null || clocks.length > 0
      ? []
      : [`after ${span(heartbeatSeconds)} at the latest`]),
  ];
  return parts.join(', ');
}

/** A signed distance from the market with two decimals: a tenth of a percent matters here. */
export const deviationWords = (deviation: number | null): string =>
  deviation !== null && deviation >= 0.00005 ? `+${percent(deviation, 2)}` : percent(deviation, 2);

/** A length of time in its largest fitting unit. */
export function span(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)}\u202fs`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)}\u202fmin`;
  if (seconds < 172_800) return `${Math.round(seconds / 3_600)}\u202fh`;
  return `${Math.round(seconds / 86_400)} days`;
}
