// What governance set or was recommended, beside what the standalone line says from the prices of that day: the table of
// docs/advice-against-governance.md.
import {
  expectedFalls,
  marginLeft,
  standaloneThreshold,
  windowsOf,
  type ExpectedFalls,
  type FallChoice,
  type StandaloneTerms,
  type Windows,
} from '@undertow/advice';
import { priceTable } from '@undertow/sweep';
import type { GovernanceFiles, GovernanceValue } from './governance-values.ts';
import { hourlyCoins, hourlyRows } from './hourly-prices.ts';

const HOUR = 3_600;
const DAY = 86_400;

/** What the comparison states and does not measure. */
export const STATED = {
  confidence: 0.99,
  horizonSeconds: DAY,
  slippage: { whole: 1.02, call: 1.01 },
  closeShare: 0.5,
  /** Where the files do not say a market's bonus: of ETH, BTC and dollars, and of all else. */
  bonus: { large: 0.05, other: 0.075 },
  /** A difference that is none, as a ratio. */
  near: 0.02,
  /** Days after the change in which both values are held against what came. */
  afterDays: 90,
} as const;

/** Tokens that are another coin under a name of their own; what a wrapper or a bridge adds in risk is in no price here. */
const WRAPPED: Readonly<Record<string, string>> = {
  WETH: 'ETH',
  'WETH.wh': 'ETH',
  'ETH.wh': 'ETH',
  WBTC: 'BTC',
  'WBTC.wh': 'BTC',
  BTCb: 'BTC',
  'BTC.b': 'BTC',
  cbBTC: 'BTC',
  LBTC: 'BTC',
  fBTC: 'BTC',
  WAVAX: 'AVAX',
  'LINK.e': 'LINK',
  'USDC.e': 'USDC',
  'USDC.wh': 'USDC',
  'm.USDC': 'USDC',
  USDbC: 'USDC',
  xcUSDC: 'USDC',
};
const DOLLARS = ['USDC', 'TUSD'];
const LARGE = ['ETH', 'BTC', ...DOLLARS];

/** The bonus that is taken of a coin where none is known. */
export const statedBonus = (coin: string): number => STATED.bonus[LARGE.includes(coin) ? 'large' : 'other'];

/** Why the two differ: facts that prices and the files tell. */
export type Reason =
  'near' | 'beyond-known' | 'stricter' | 'calmer' | 'own-line' | 'dollar' | 'wind-down' | 'looser' | 'bonus';

/** One value that could be compared. */
export interface Compared {
  readonly value: GovernanceValue;
  readonly coin: string;
  readonly isWrapped: boolean;
  /** What the line says, a ratio. */
  readonly ours: number;
  /** The fall of a day expected at the confidence. */
  readonly fall: number;
  readonly bonus: number;
  readonly isBonusKnown: boolean;
  /** The fall that governance's value leaves room for. */
  readonly room: number;
  /** The largest fall of a window known by then. */
  readonly worstKnown: number;
  /** Windows known by then, and those of them with falls beyond the room. */
  readonly known: number;
  readonly knownBeyond: number;
  readonly reason: Reason;
  /** Windows after, and those beyond what each value leaves room for. */
  readonly after: { readonly windows: number; readonly theirs: number; readonly ours: number };
}

/** How long the windows are, and how many of them a fall is told from. */
export interface ComparedOver {
  readonly horizonSeconds: number;
  readonly choice?: FallChoice;
}

export interface Comparison {
  readonly compared: readonly Compared[];
  /** Why others were not, by reason, of all that are a threshold, a limit or a bonus. */
  readonly left: ReadonlyMap<string, number>;
}

interface CoinHistory {
  readonly days: Windows;
  readonly hours: Windows;
  readonly dayFalls: ExpectedFalls | string;
  readonly hourFalls: ExpectedFalls | string;
}

/** Compares what can be compared, in the order of the files. */
export function compareGovernance(
  data: string,
  { values }: Pick<GovernanceFiles, 'values'>,
  over: ComparedOver = STATED,
): Comparison {
  const coins = new Set(hourlyCoins(data));
  const histories = new Map<string, CoinHistory>();
  const historyOf = (coin: string) => {
    const known = histories.get(coin) ?? openHistory({ data, coin, over });
    histories.set(coin, known);
    return known;
  };
  const left = new Map<string, number>();
  const compared: Compared[] = [];
  for (const value of values) {
    const coin = coinOf(value.asset);
    const found = whyNot(value, coins) ?? compareOne({ value, coin, values }, historyOf(coin));
    if (typeof found === 'string') left.set(found, (left.get(found) ?? 0) + 1);
    else compared.push(found);
  }
  return { compared, left };
}

const coinOf = (asset: string) => WRAPPED[asset] ?? asset;

function whyNot({ isEMode, asset, time }: GovernanceValue, coins: ReadonlySet<string>): string | undefined {
  if (isEMode)
    return 'e-mode: its collateral is priced in debts of its own kind, and no price of that pair is there';
  if (!coins.has(coinOf(asset))) return 'no price of the asset';
  return time === undefined ? 'its day is not known: its repository was filled at once' : undefined;
}

function openHistory({
  data,
  coin,
  over,
}: Record<'data' | 'coin', string> & { readonly over: ComparedOver }): CoinHistory {
  const table = priceTable(hourlyRows(data, coin), HOUR);
  const [days, hours] = [windowsOf(table, coin, over.horizonSeconds), windowsOf(table, coin, HOUR)];
  return {
    days,
    hours,
    dayFalls: expectedFalls(days, STATED.confidence, over.choice),
    hourFalls: expectedFalls(hours, STATED.confidence),
  };
}

interface CompareOf {
  readonly value: GovernanceValue;
  readonly coin: string;
  readonly values: readonly GovernanceValue[];
}

function compareOne(of: CompareOf, { days, hours, dayFalls, hourFalls }: CoinHistory): Compared | string {
  const { value, coin } = of;
  const isBonus = value.kind === 'liquidationBonus';
  const [windows, expected] = isBonus ? [hours, hourFalls] : [days, dayFalls];
  if (typeof expected === 'string') return 'too little history';
  // Of windows longer than a day, the one that runs on that day: it begins with what was known before.
  const at = windows.starts.findLastIndex((start) => start <= value.time!);
  if (at === -1 || windows.starts[at]! + windows.horizonSeconds <= value.time!)
    return 'no price at its day (prices end on 13 June 2025)';
  if (at < expected.from) return 'too little history before its day';
  const fall = expected.falls[at - expected.from]!;
  const bonus = otherOf(of, 'liquidationBonus');
  const terms = { ...STATED, bonus: bonus ?? statedBonus(coin) };
  const line = standaloneThreshold(fall, terms);
  const { ours, roomOf, ownRoom } = isBonus ? forBonus(fall) : forThreshold(of, { fall, line, terms });
  const known = fallsIn(windows, 0, at);
  const after = fallsIn(windows, at, at + Math.floor((STATED.afterDays * DAY) / windows.horizonSeconds));
  const beyond = (falls: readonly number[], room: number) => falls.filter((one) => one > room).length;
  const room = roomOf(value.after);
  const found = {
    value,
    coin,
    isWrapped: value.asset !== coin,
    ours,
    fall,
    bonus: terms.bonus,
    isBonusKnown: bonus !== undefined,
    room,
    worstKnown: known.reduce((most, one) => Math.max(most, one), 0),
    known: known.length,
    knownBeyond: beyond(known, room),
    after: { windows: after.length, theirs: beyond(after, room), ours: beyond(after, ownRoom) },
  };
  return { ...found, reason: reasonOf(found) };
}

/** The last value of another kind that the same market had by then, by the files: of the same proposal, or an earlier one. */
function otherOf({ value, values }: CompareOf, kind: GovernanceValue['kind']): number | undefined {
  return values
    .filter(
      (one) =>
        one.kind === kind &&
        !one.isEMode &&
        one.venue === value.venue &&
        one.asset === value.asset &&
        one.source === value.source &&
        one.time !== undefined &&
        one.time <= value.time!,
    )
    .toSorted((a, b) => a.time! - b.time!)
    .at(-1)?.after;
}

/** What is said of a value: ours, and the falls of a window that governance's value and ours leave room for. */
interface Said {
  readonly ours: number;
  readonly roomOf: (value: number) => number;
  readonly ownRoom: number;
}

/** A threshold: the line. A borrowing limit: what is not due within a window at the confidence, line × (1 − fall). */
function forThreshold(
  of: CompareOf,
  { fall, line, terms }: { readonly fall: number; readonly line: number; readonly terms: StandaloneTerms },
): Said {
  if (of.value.kind === 'liquidationThreshold')
    return { ours: line, roomOf: (value) => marginLeft(value, terms), ownRoom: marginLeft(line, terms) };
  const set = otherOf(of, 'liquidationThreshold');
  const threshold = set !== undefined && set > 0.05 ? set : line;
  return { ours: line * (1 - fall), roomOf: (value) => 1 - value / threshold, ownRoom: fall };
}

/** A bonus: the least at which who repays, and sells within the hour, is not out of pocket at the confidence. */
function forBonus(fall: number): Said {
  const { call } = STATED.slippage;
  return { ours: call / (1 - fall) - 1, roomOf: (bonus) => 1 - call / (1 + bonus), ownRoom: fall };
}

function fallsIn({ logReturns, starts }: Windows, from: number, to: number): number[] {
  return [...logReturns.subarray(from, Math.min(to, starts.length))].map((value) => -Math.expm1(value));
}

/** A threshold or a limit that is not above this ends a market, and covers nothing. */
const WOUND_DOWN = 0.05;

function reasonOf({
  value,
  coin,
  ours,
  room,
  worstKnown,
  known,
  knownBeyond,
}: Omit<Compared, 'reason'>): Reason {
  const difference = ours - value.after;
  if (Math.abs(difference) <= STATED.near) return 'near';
  if (value.kind === 'liquidationBonus') return 'bonus';
  if (value.after <= WOUND_DOWN) return 'wind-down';
  if (difference < 0) return 'looser';
  if (DOLLARS.includes(coin)) return 'dollar';
  if (room > worstKnown) return 'beyond-known';
  if (knownBeyond <= known * (1 - STATED.confidence)) return 'stricter';
  return value.kind === 'loanToValue' ? 'own-line' : 'calmer';
}
