import { counted, percent } from '../../format/number.ts';
import { minute } from '../../format/time.ts';
import type { Feed, MarketSource, Oracle, Oracles, Warning } from './load.ts';

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
    case 'silent':
      return `has said nothing for ${value.toFixed(1)} times as long as counts`;
    case 'clock_apart':
      return `its clock is ${span(value)} off`;
    case 'outlying':
      return `${share} from the other sources`;
    case 'spiking':
      return `moved by ${share} and came back`;
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

/** Why a source does not count, in words. */
export const REJECTED = {
  old: 'it is old',
  outlier: 'it is far from the others',
  no_price: 'it gives no price',
  not_convertible: 'nobody says what it is quoted in is worth',
} as const satisfies Record<NonNullable<MarketSource['rejected']>, string>;

/** How many stand behind a market's price, how far apart they are, and how many do not count; undefined where nobody was asked. */
export function sourcesWords(market: Oracle['market']): string | undefined {
  if (market === null) return undefined;
  const { sources, spread, counted: count } = market;
  if (sources.length === 1 && sources[0]!.kind === 'pools') return 'pools alone';
  const apart = count > 1 && spread !== null ? ` within ${percent(spread, 2)}` : '';
  const out = sources.length - count;
  return `${counted(count, 'source')}${apart}${out === 0 ? '' : `, ${out} left out`}`;
}

/** Sources that do not count, each with the reason, for a file; undefined where all count. */
export function leftOutWords(sources: readonly MarketSource[]): string | undefined {
  const out = sources.flatMap((source) =>
    source.rejected === null ? [] : [`${sourceName(source)}: ${REJECTED[source.rejected]}`],
  );
  return out.length === 0 ? undefined : out.join('; ');
}

/** Who says so, as people call it. */
export const sourceName = ({ kind, name, symbol }: Pick<MarketSource, 'kind' | 'name' | 'symbol'>): string =>
  kind === 'pools' ? 'pools' : `${name} ${symbol ?? ''}`;

/** A clock that is off by less is not worth a word, seconds. */
const CLOCK_SECONDS = 30;

/** How old a source's price is, and how far its clock is off where it is. */
export function ageWords({ kind, ageSeconds, clockSeconds }: MarketSource): string {
  if (kind === 'pools') return 'stands';
  if (clockSeconds === null || Math.abs(clockSeconds) < CLOCK_SECONDS) return span(ageSeconds);
  const off = `its clock ${span(Math.abs(clockSeconds))} ${clockSeconds > 0 ? 'ahead' : 'behind'}`;
  return `${span(ageSeconds)}, ${off}`;
}

/** Whether the market of a feed trades now, and until when; undefined of one that never closes. */
export function tradingWords({
  trading,
  isClosingUnknown,
}: Pick<Feed, 'trading' | 'isClosingUnknown'>): string | undefined {
  if (isClosingUnknown) return 'its market closes, nobody says when';
  if (trading === null) return undefined;
  const state = `${MARKETS[trading.by]} ${trading.isOpen ? 'open' : 'closed'}`;
  return trading.changesAt === null ? state : `${state} until ${minute(trading.changesAt)}`;
}

/** Whose hours they are. */
const MARKETS = {
  configured: 'its market is',
  forex: 'currencies are',
  precious_metals: 'metals are',
} as const satisfies Record<NonNullable<Feed['trading']>['by'], string>;

/** How the sequencer of the rollup stands, in a sentence. */
export function sequencerWords({
  state,
  since,
  isSinceKnown,
  graceEndsAt,
}: NonNullable<Oracles['sequencer']>): string {
  const when = `${isSinceKnown ? 'since' : 'at least since'} ${minute(since)}`;
  switch (state) {
    case 'up':
      return `The sequencer runs, ${when}.`;
    case 'down':
      return `The sequencer has stood still ${when}: no feed answers, whatever markets do.`;
    case 'grace':
      return `The sequencer runs again ${when}; until ${minute(graceEndsAt!)} prices may be old, and owners had no time to act.`;
  }
}
