import { counted, percent } from '../../format/number.ts';
import type { Feed, MarketSource, Oracle, Warning } from './load.ts';

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
      return `stands still, while the market moved by ${share}`;
    case 'capped':
      return value <= 0 ? `its cap binds, ${percent(-value)} too low` : `${share} below its cap`;
    case 'cap_pending':
      return value <= 0
        ? `a pending update would cap it, ${percent(-value)} too low`
        : `${share} below its pending cap`;
    case 'bounded':
      return value <= 0 ? 'at the least or greatest that it can answer' : `${share} from its bound`;
    case 'drainable':
      return `${share} of its worth may be borrowed against it`;
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

const LEFT_OUT = {
  old: 'old',
  outlier: 'far from the others',
  no_price: 'no price',
  not_convertible: 'in a currency of which nobody gives the price',
} as const;

/** Who stands behind a market's price, and who does not; undefined where nobody was asked. */
export function sourcesWords(market: Oracle['market']): string | undefined {
  if (market === null) return undefined;
  const { sources, spread } = market;
  if (sources.length === 1 && sources[0]!.kind === 'pools') return 'pools alone';
  const apart = market.counted > 1 && spread !== null ? ` within ${percent(spread, 2)}` : '';
  const out = leftOutWords(sources);
  return `${counted(market.counted, 'source')}${apart}${out === undefined ? '' : `; left out: ${out}`}`;
}

/** Sources that do not count, each with the reason; undefined where all count. */
export function leftOutWords(sources: readonly MarketSource[]): string | undefined {
  const out = sources.flatMap(({ kind, name, rejected }) =>
    rejected === null ? [] : [`${kind === 'pools' ? 'pools' : name} (${LEFT_OUT[rejected]})`],
  );
  return out.length === 0 ? undefined : out.join(', ');
}

/** What every source says, for a file and for a pointer that rests there. */
export const sourceList = (market: Oracle['market']): string | undefined =>
  market?.sources
    .map(({ kind, name, symbol, priceUsd, ageSeconds, clockSeconds }) => {
      const who = kind === 'pools' ? 'pools' : `${name} ${symbol ?? ''}`;
      const clock =
        clockSeconds === null || Math.abs(clockSeconds) < CLOCK_SECONDS
          ? ''
          : `, its clock ${span(Math.abs(clockSeconds))} ${clockSeconds > 0 ? 'ahead' : 'behind'}`;
      const age = kind === 'pools' ? '' : `, ${span(ageSeconds)} old`;
      return `${who}: ${priceUsd === null ? 'no price in USD' : priceUsd}${age}${clock}`;
    })
    .join('; ');

/** A clock that is off by less is not worth a word. */
const CLOCK_SECONDS = 30;
