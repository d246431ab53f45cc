// What comes of the backtest of advice, in words: the head of docs/advice-backtest.md.
import { CUT_DAYS, REJECTED_BELOW, type AdviceBacktest, type LineBacktest } from '@undertow/advice';
import type { CoinAdvice } from './advice-backtest.ts';
import { percent } from './markdown.ts';

/** Coins that the summary is about: BTC, ETH and ten more. */
export const TWELVE = [
  'AAVE',
  'AVAX',
  'BNB',
  'BTC',
  'COMP',
  'CRV',
  'ETH',
  'LINK',
  'MKR',
  'SNX',
  'SOL',
  'UNI',
] as const;

export const isRejected = ({ kupiec }: LineBacktest) => kupiec.pValue < REJECTED_BELOW;
export const points = (ratio: number) => (100 * ratio).toFixed(1);
export const lineOf = ({ held }: AdviceBacktest, name: string) =>
  held.find((line) => line.name.startsWith(name));
const names = (coins: readonly string[]) =>
  coins.length === 0 ? 'none' : `${coins.length} (${coins.join(', ')})`;

/** The days from the first known change on: what was set, and what was advised then. */
export function sameDates({
  coin,
  day,
}: CoinAdvice): { coin: string; set: LineBacktest; cells: string[]; advised: number } | undefined {
  const set = lineOf(day, 'set');
  if (!set) return undefined;
  const { thresholds } = day.lines.find(({ name }) => name === set.name)!;
  const from = day.times[thresholds.findIndex((value) => !Number.isNaN(value))]!;
  const advised = day.held[0]!.exceeded.filter(
    ({ time, fall, margin }) => time >= from && fall > margin,
  ).length;
  const values = [...day.lines[0]!.thresholds].filter((_, at) => day.times[at]! >= from);
  const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
  const cells = [
    coin,
    set.name.replace('set, ', ''),
    isoDate(from),
    `${set.exceptions} of ${set.dates}`,
    percent(set.meanThreshold),
    `${advised} of ${set.dates}`,
    percent(mean),
  ];
  return { coin, set, cells, advised };
}

function againstSet(coins: readonly CoinAdvice[]): string {
  const found = coins.flatMap((coin) => sameDates(coin) ?? []);
  const sum = (values: readonly number[]) => values.reduce((all, one) => all + one, 0);
  const eth = found.find(({ coin }) => coin === 'ETH')!;
  return `of ${found.length} coins what was set was exceeded ${sum(found.map(({ set }) => set.exceptions))} times and the advice ${sum(found.map(({ advised }) => advised))} times. Most
  were set far lower, and lend less. For ETH, where both lend about as much, the set ${percent(eth.set.meanThreshold)} was exceeded on ${eth.set.exceptions} days and the advice on ${eth.advised}: a constant did better there
  than following volatility, which lets most be borrowed just before it ends.`;
}

export const isoDate = (time: number) => new Date(time * 1_000).toISOString().slice(0, 10);

export function summary(coins: readonly CoinAdvice[]): string {
  const twelve = coins.filter(({ coin }) => (TWELVE as readonly string[]).includes(coin));
  const mean = (name: string, value: (line: LineBacktest) => number) => {
    const values = twelve.flatMap(({ day }) => {
      const line = lineOf(day, name);
      return line ? [value(line)] : [];
    });
    return values.reduce((sum, one) => sum + one, 0) / values.length;
  };
  const rejected = (name: 'day' | 'hour') =>
    coins.filter((one) => isRejected(one[name]!.held[0]!)).map(({ coin }) => coin);
  const together = (name: 'day' | 'hour') =>
    coins.filter((one) => one[name]!.held[0]!.independence.pValue < REJECTED_BELOW).map(({ coin }) => coin);
  const coverages = twelve.map(({ day }) => day.held[0]!.coverage);
  const buffers = ['buffer', 'stressed', 'floor'].map((name) => {
    const line = `advised, ${name}`;
    return `${name}: coverage ${percent(
      mean(line, (one) => one.coverage),
      2,
    )}, mean threshold ${points(mean(line, (one) => one.meanThreshold))}, largest cut ${points(mean(line, (one) => one.largestCut))} points`;
  });
  return `- **It holds as often as it says.** For BTC, ETH and ten more, advised anew each day, the fall of the next day stayed within the margin on
  ${percent(Math.min(...coverages), 2)} to ${percent(Math.max(...coverages), 2)} of days, where 99 % was asked for. Kupiec's test at 5 % rejects, of all ${coins.length} coins, by the day:
  ${names(rejected('day'))}; by the hour: ${names(rejected('hour'))}.
- **What is exceeded comes together.** Christoffersen's test rejects independence by the day for ${names(together('day'))}; by the hour for ${names(together('hour'))}.
  A number that is right on average is too small in the days after a shock.
- **It moves much, and that is its price.** Without a buffer the threshold of the twelve was cut by ${points(mean('advised', (one) => one.largestCut))} points within ${CUT_DAYS} days at
  worst (mean of the coins), at a mean of ${points(mean('advised', (one) => one.meanThreshold))}. The buffers of EMIR make the worst cut smaller and cost borrowing power at all times: ${buffers.join('; ')}. None of them
  takes the cuts away. With a buffer Kupiec's test often rejects because there are _too few_ exceptions: a buffer is meant to be safer than the level.
- **Against a value held for ever** (the first advice): coverage ${percent(
    mean('first held', (one) => one.coverage),
    2,
  )} at a mean threshold of ${points(mean('first held', (one) => one.meanThreshold))}. It was first advised in December 2021, when volatility
  was high, and markets calmed. That is luck: who had begun on the calmest day would have held the greatest threshold of the table below.
- **Against what governance set** on Ethereum, over the same dates: ${againstSet(coins)}
- **SmartLTV and the rule of one-hour excursions** are far above what a day's fall leaves room for, and are not meant for a day in a market without depth. By
  what they are meant for they are below, under "By their own measure".`;
}
