// The value at risk of twenty coins, one step ahead, held against what came: what docs/var-backtest.md says.
import { oneStepAhead, varBacktest, type ForecastChoice, type VarBacktest } from '@undertow/margin';
import { jointReturns, priceTable, type JointReturns, type PriceRow } from '@undertow/sweep';
import { hourlyCoins, hourlyRows } from './hourly-prices.ts';

const LEVEL = 0.99;
const HOUR = 3_600;
const DAY = 86_400;
/** RiskMetrics' λ. */
const LAMBDA = 0.94;

/** How a value at risk is told, by name. The first of each step is the one that the page is about. */
export const METHODS = {
  day: { seconds: DAY, choice: { filter: { kind: 'ewma', lambda: LAMBDA }, memory: 250 } },
  'day, GARCH': { seconds: DAY, choice: { filter: { kind: 'garch' }, memory: 500 } },
  'day, plain': { seconds: DAY, choice: { filter: { kind: 'none' }, memory: 250 } },
  hour: { seconds: HOUR, choice: { filter: { kind: 'ewma', lambda: LAMBDA }, memory: 1_000 } },
  'hour, slow': {
    seconds: HOUR,
    choice: { filter: { kind: 'ewma', lambda: LAMBDA ** (HOUR / DAY) }, memory: 1_000 },
  },
  'hour, plain': { seconds: HOUR, choice: { filter: { kind: 'none' }, memory: 1_000 } },
} as const satisfies Readonly<
  Record<string, { readonly seconds: number; readonly choice: Omit<ForecastChoice, 'level'> }>
>;
export type MethodName = keyof typeof METHODS;

/** Windows in which much fell at once, UTC: the first day and the day after the last. */
export const CRASHES = {
  'May 2021': ['2021-05-12', '2021-05-24'],
  'Luna, May 2022': ['2022-05-07', '2022-05-15'],
  'June 2022': ['2022-06-10', '2022-06-20'],
  'FTX, November 2022': ['2022-11-06', '2022-11-15'],
  'August 2024': ['2024-08-02', '2024-08-07'],
} as const;
export type CrashName = keyof typeof CRASHES;

/** Steps with a forecast in a window, those in which more was lost, and the largest loss ÷ what was said before it. */
export interface InCrash {
  readonly steps: number;
  readonly exceptions: number;
  readonly worst: number;
}

export interface CoinBacktest {
  readonly coin: string;
  /** By the methods that were asked for. */
  readonly fall: Readonly<Partial<Record<MethodName, VarBacktest>>>;
  readonly rise: Readonly<Partial<Record<MethodName, VarBacktest>>>;
  /** Of falls, by the first method of each step; undefined where the coin has no forecast then. */
  readonly crashes: Readonly<Record<CrashName, Readonly<Record<'day' | 'hour', InCrash | undefined>>>>;
}

/** What is backtested: all coins and all methods where nothing else is said. */
export interface BacktestWanted {
  readonly coins?: readonly string[];
  readonly methods?: readonly MethodName[];
}

const PRIMARY = ['day', 'hour'] as const;

/** Coins of a folder of public files, in the order of the alphabet. */
export function backtestCoins(
  data: string,
  { coins, methods = Object.keys(METHODS) as MethodName[] }: BacktestWanted = {},
): CoinBacktest[] {
  return hourlyCoins(data)
    .filter((coin) => coins === undefined || coins.includes(coin))
    .map((coin) => backtestCoin(coin, hourlyRows(data, coin), methods));
}

function backtestCoin(coin: string, rows: readonly PriceRow[], methods: readonly MethodName[]): CoinBacktest {
  const returns = {
    [DAY]: jointReturns(priceTable(rows, DAY), { horizonSeconds: DAY }),
    [HOUR]: jointReturns(priceTable(rows, HOUR), { horizonSeconds: HOUR }),
  };
  const forecast = (name: MethodName, sign: 1 | -1) => {
    const { seconds, choice } = METHODS[name];
    const column = Float64Array.from(returns[seconds].rows, (row) => sign * row[0]!);
    return oneStepAhead(column, { ...choice, level: LEVEL });
  };
  const tested = (sign: 1 | -1) =>
    Object.fromEntries(methods.map((name) => [name, varBacktest(forecast(name, sign))]));
  const primary = Object.fromEntries(PRIMARY.map((name) => [name, forecast(name, 1)]));
  const crashes = Object.entries(CRASHES).map(([crash, [from, to]]) => {
    const within = { from: Date.parse(from) / 1_000, to: Date.parse(to) / 1_000 };
    const found = PRIMARY.map((name) => [
      name,
      crashOf(primary[name]!, returns[METHODS[name].seconds], within),
    ]);
    return [crash, Object.fromEntries(found)];
  });
  return {
    coin,
    fall: tested(1),
    rise: tested(-1),
    crashes: Object.fromEntries(crashes) as CoinBacktest['crashes'],
  };
}

function crashOf(
  { from, losses, valueAtRisk }: ReturnType<typeof oneStepAhead>,
  { starts }: JointReturns,
  within: { readonly from: number; readonly to: number },
): InCrash | undefined {
  const steps = [...losses.keys()].filter((at) => {
    const start = starts[from + at]!;
    return start >= within.from && start < within.to;
  });
  if (steps.length === 0) return undefined;
  const ratios = steps.map((at) => losses[at]! / valueAtRisk[at]!);
  return {
    steps: steps.length,
    exceptions: ratios.filter((ratio) => ratio > 1).length,
    worst: Math.max(...ratios),
  };
}
