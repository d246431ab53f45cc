// The advice of twenty coins over history, and whether it held: what docs/advice-backtest.md says.
import {
  adviceBacktest,
  NO_SLIPPAGE,
  SMART_CONSTANTS,
  type AdviceBacktest,
  type LineBacktest,
  type NoBacktest,
  type SetThreshold,
  type StandaloneTerms,
} from '@undertow/advice';
import { priceTable, type PriceTable } from '@undertow/sweep';
import { crashPrices, type CrashPrices } from './crash-prices.ts';
import { STATED, statedBonus } from './governance-compared.ts';
import { readGovernance, type GovernanceValue } from './governance-values.ts';
import { hourlyCoins, hourlyRows } from './hourly-prices.ts';

export const HOUR = 3_600;
export const DAY = 86_400;

export interface CoinAdvice {
  readonly coin: string;
  readonly day: AdviceBacktest;
  readonly hour: AdviceBacktest | undefined;
  /** SmartLTV and the rule of excursions as they are meant: see `ownMeasure`. */
  readonly own: { readonly smart: LineBacktest; readonly excursions: LineBacktest } | undefined;
  /** Closes by the hour. */
  readonly prices: PriceTable;
}

/** What is backtested: all coins with all that is on the page, where nothing else is said. */
export interface AdviceWanted {
  readonly coins?: readonly string[];
  /** Only days, from closes of days: cheap, without what needs hours. */
  readonly isDaysOnly?: boolean;
}

export const termsOf = (coin: string, horizonSeconds: number): StandaloneTerms => ({
  confidence: STATED.confidence,
  horizonSeconds,
  bonus: statedBonus(coin),
  slippage: STATED.slippage,
  closeShare: STATED.closeShare,
});

/** Coins of a folder of public files, in the order of the alphabet. */
export function adviceOfCoins(data: string, { coins, isDaysOnly = false }: AdviceWanted = {}): CoinAdvice[] {
  const { values } = readGovernance(data);
  return hourlyCoins(data)
    .filter((coin) => coins === undefined || coins.includes(coin))
    .map((coin) => {
      const prices = priceTable(hourlyRows(data, coin), isDaysOnly ? DAY : HOUR);
      const asked = { table: prices, symbol: coin, set: setLinesOf(values, coin) };
      const day = must(adviceBacktest({ ...asked, terms: termsOf(coin, DAY) }));
      if (isDaysOnly) return { coin, day, hour: undefined, own: undefined, prices };
      const hour = must(adviceBacktest({ ...asked, terms: termsOf(coin, HOUR) }));
      return { coin, day, hour, own: ownMeasure(prices, coin), prices };
    });
}

function must(found: AdviceBacktest | NoBacktest): AdviceBacktest {
  if (found.kind === 'no-backtest') throw new Error(`${found.symbol}: ${found.why}`);
  return found;
}

/**
 * Thresholds that governance set for a coin, of the market with the newer version of Aave on Ethereum that the files know a change of; from the
 * first known change on. Some changes of the older version do not say it in their name.
 */
function setLinesOf(values: readonly GovernanceValue[], coin: string): Record<string, SetThreshold[]> {
  const names = { ETH: 'WETH', BTC: 'WBTC' }[coin] ?? coin;
  const changes = values.filter(
    ({ source, kind, asset, isEMode, time }) =>
      source === 'set' &&
      kind === 'liquidationThreshold' &&
      asset === names &&
      !isEMode &&
      time !== undefined,
  );
  const at = (venues: readonly string[]) => changes.filter(({ venue }) => venues.includes(venue));
  const [newer, older] = [at(['Aave v3 Ethereum']), at(['Aave v2 Ethereum', 'Aave v2', 'Aave Ethereum'])];
  const found = newer.length > 0 ? newer : older;
  if (found.length === 0) return {};
  const set = found
    .map(({ time, after }) => ({ time: time!, threshold: after }))
    .sort((a, b) => a.time - b.time);
  return { [newer.length > 0 ? 'set, Aave v3' : 'set, Aave v2']: set };
}

/**
 * What the two published rules are meant to do: SmartLTV leaves 1 − (threshold + bonus) for a day, in a market that takes five times what may be
 * sold; the rule of excursions leaves 1 − threshold for an hour at 99.9 %. No slippage in either.
 */
function ownMeasure(table: PriceTable, symbol: string): CoinAdvice['own'] {
  const bare = { slippage: NO_SLIPPAGE, closeShare: 1 };
  const of = (terms: StandaloneTerms, smart = SMART_CONSTANTS) =>
    must(adviceBacktest({ table, symbol, terms, smart }));
  const line = ({ held }: AdviceBacktest, name: string) => held.find((one) => one.name === name)!;
  return {
    smart: line(
      of(
        { ...bare, confidence: STATED.confidence, horizonSeconds: DAY, bonus: 0 },
        { ...SMART_CONSTANTS, bonus: 0 },
      ),
      'SmartLTV',
    ),
    excursions: line(of({ ...bare, confidence: 0.999, horizonSeconds: HOUR, bonus: 0 }), 'excursions'),
  };
}

/** A crash by the minute, and what the lines did within it. */
export interface CrashAdvice extends Omit<CrashPrices, 'rows'> {
  readonly choice: { readonly memory: number; readonly start: number };
  readonly lines: readonly InCrash[];
  readonly windows: number;
}

export interface InCrash {
  readonly name: string;
  readonly exceptions: number;
  readonly exceededWithin: number;
  /** How far the fall went beyond the margin at most, a ratio of the price; 0 where it never did. */
  readonly beyond: number;
}

/** Advice by the hour in crashes that there are minutes of. */
export function adviceInCrashes(data: string): CrashAdvice[] {
  return crashPrices(data).map(({ rows, ...crash }) => {
    const table = priceTable(rows, crash.stepSeconds);
    const choice = { memory: crash.coin === 'USDC' ? 120 : 250, start: 50 };
    const found = must(
      adviceBacktest({ table, symbol: crash.coin, terms: termsOf(crash.coin, HOUR), choice }),
    );
    const [from, to] = crash.within.map((day) => Date.parse(day) / 1_000) as [number, number];
    return {
      ...crash,
      choice,
      lines: found.held.map((line) => inCrash(line, { from, to })),
      windows: found.times.filter((time) => time >= from && time < to).length,
    };
  });
}

function inCrash({ name, exceeded }: LineBacktest, { from, to }: Record<'from' | 'to', number>): InCrash {
  const here = exceeded.filter(({ time }) => time >= from && time < to);
  return {
    name,
    exceptions: here.filter(({ fall, margin }) => fall > margin).length,
    exceededWithin: here.filter(({ deepest, margin }) => deepest > margin).length,
    beyond: here.reduce((most, { fall, margin }) => Math.max(most, fall - margin), 0),
  };
}
