// docs/advice-backtest.md, of what `adviceOfCoins` and `adviceInCrashes` found.
import { CUT_DAYS, REJECTED_BELOW, type AdviceBacktest, type LineBacktest } from '@undertow/advice';
import type { CoinAdvice, CrashAdvice } from './advice-backtest.ts';
import { STATED } from './governance-compared.ts';
import { isoDate, isRejected, lineOf, points, sameDates, summary } from './advice-backtest-summary.ts';
import { markdownTable, percent } from './markdown.ts';

const p = (pValue: number) => {
  const text = pValue < 0.001 ? '< 0.001' : pValue.toFixed(3);
  return pValue < REJECTED_BELOW ? `**${text}**` : text;
};

const COVERAGE_HEAD = [
  'Coin',
  'dates',
  'exceeded',
  'coverage',
  'Kupiec p',
  'independence p',
  'zone',
  'exceeded within',
  'mean threshold',
  'least',
  'greatest',
];

/** The cells of a coin in a table of coverage; those that need prices within the window come last but three. */
export function coverageCells(coin: string, found: AdviceBacktest): string[] {
  const line = found.held[0]!;
  return [
    coin,
    String(line.dates),
    String(line.exceptions),
    percent(line.coverage, 2),
    p(line.kupiec.pValue),
    p(line.independence.pValue),
    line.zone,
    String(line.exceededWithin),
    percent(line.meanThreshold),
    percent(line.least),
    percent(line.greatest),
  ];
}

const OTHERS = [
  'advised',
  'advised, buffer',
  'advised, stressed',
  'advised, floor',
  'first held',
  'set',
  'SmartLTV',
  'excursions',
];

/** Coverage and mean threshold of a way; bold where it was exceeded too often, in italics where too seldom. */
function wayCell(line: LineBacktest | undefined): string {
  if (!line) return 'none';
  const coverage = percent(line.coverage, 2);
  const tooMany = line.exceptions > line.expected;
  const told = !isRejected(line) ? coverage : tooMany ? `**${coverage}**` : `_${coverage}_`;
  return `${told}, ${points(line.meanThreshold)}`;
}

const moveCell = (line: LineBacktest | undefined) =>
  line === undefined ? 'none' : `${line.peakToTrough?.toFixed(2) ?? 'no least'}, ${points(line.largestCut)}`;

const head = (first: string, last: string) => `# Would the advice have held?

An advice says how much may be borrowed against an asset. Here it is given again for every day of three and a half years (and for every hour of four), each time from
the prices that were known then and nothing else, and held against the window that came next. The question is whether an account that becomes due at its
start and is closed at its end leaves bad debt: whether the price fell by more than the threshold leaves room for, after the bonus and the
slippage. At 99 % that should be so in one window of a hundred.

Everything on this page is written by one command from public prices, and a test holds the table by day:

\`\`\`
npx node scripts/write-advice-backtest.ts <folder of the public files>
\`\`\`

For other prices, with a market's own terms: \`undertow advise --backtest\`.

**What is backtested** is the standalone line (\`adviceBacktest\` of \`libs/advice\`): toxicity line × (1 − fall), with the fall that a window is expected to
stay within at ${percent(STATED.confidence, 0)} by filtered historical simulation (EWMA with λ 0.94 a window; of days the last 250, of hours the last 1,000, after 100 more). It is not
the advice through the cascade, which takes a book of those days: nobody's accounts of 2021 are here. What a cascade adds to a fall is in none of these numbers.

**Stated, not measured**: a bonus of ${percent(STATED.bonus.large)} for ETH, BTC and dollars and of ${percent(STATED.bonus.other)} for all else; slippage of ${percent(STATED.slippage.whole - 1)} for closing an account whole
and of ${percent(STATED.slippage.call - 1)} for a call; half of a debt repaid by a call. No history of depth is in the files.

**Data.** Hourly closes in USDT of Binance, 2021-01-01 to 2025-06-13 (\`prices-hourly-binance-2021-2025\`); dates by the day from ${first} to ${last}, as 350 days come first.
Not part of the project. USDC and TUSD have no prices from September 2022 to March 2023, so that the days of USDC's depeg are not in their rows; they are under
"In the crashes". LUNA is the old token and, from 31 May 2022, the new one.

**Tests.** p is how likely what was seen, or worse, would be with a right number; below 5 % it is rejected, and **bold**. Kupiec: as many exceptions as there should be?
Christoffersen: does one bring the next? Zone: the Basel Committee's traffic light, of all dates. _Exceeded within_ counts windows in which the
lowest hourly close was below the margin, though the price may have come back by the end: who closes at the worst hour has more exceptions than one in a hundred.
`;

const ownRows = (coins: readonly CoinAdvice[]) =>
  coins.map(({ coin, own }) => {
    const { smart, excursions } = own!;
    return [
      coin,
      ...[smart, excursions].flatMap((line) => [
        `${line.exceptions} of ${line.dates}`,
        percent(line.coverage, 2),
        p(line.kupiec.pValue),
        percent(line.meanThreshold),
      ]),
    ];
  });

const crashCell = ({ exceptions, exceededWithin, beyond }: CrashAdvice['lines'][number]) =>
  exceptions === 0 && exceededWithin === 0
    ? '0'
    : `${exceptions} (${exceededWithin})${beyond > 0 ? `, ${points(beyond)}` : ''}`;

const IN_CRASHES = [
  'advised',
  'advised, buffer',
  'advised, stressed',
  'advised, floor',
  'first held',
  'SmartLTV',
];

/** The whole page. */
export function adviceBacktestPage(coins: readonly CoinAdvice[], crashes: readonly CrashAdvice[]): string {
  const days = coins.filter(({ coin }) => coin === 'ETH').map(({ day }) => day)[0]!;
  const eth = lineOf(days, 'advised')!;
  const ethDays = eth.exceeded
    .filter(({ fall, margin }) => fall > margin)
    .map(({ time, fall, margin }) => `${isoDate(time)} (${points(fall)} %, room for ${points(margin)})`);
  return `${head(isoDate(days.from), isoDate(days.to))}
## What comes of it

${summary(coins)}

## ETH

![Price of ETH and its thresholds over time](advice-backtest-eth.svg)

The days that fell beyond the advised threshold's margin, by the day on which they began: ${ethDays.join('; ')}.

## Coverage by the day

${markdownTable(
  COVERAGE_HEAD,
  coins.map(({ coin, day }) => coverageCells(coin, day)),
)}

## Coverage by the hour

An account that can be closed within the hour needs less room. Within an hour only its close is known.

${markdownTable(
  COVERAGE_HEAD,
  coins.map(({ coin, hour }) => coverageCells(coin, hour!)),
)}

## Against other ways, by the day

Coverage, and the mean threshold in percent (borrowing power). **Bold** where Kupiec rejects because there are too many exceptions, _italics_ where because there
are too few. _Set_: the thresholds that Aave's governance set on Ethereum, from the first change that the files know (2023) on, over fewer days. _Stressed_
puts a quarter of its weight on the most that the model had asked for by then; _floor_ is what all days by then give.

${markdownTable(
  ['Coin', ...OTHERS],
  coins.map(({ coin, day }) => [
    coin,
    ...OTHERS.map((name) =>
      wayCell(name === 'set' ? lineOf(day, 'set') : day.held.find((one) => one.name === name)),
    ),
  ]),
)}

### What governance set, over the same dates

From the first change that the files know. Exceeded days and mean threshold, of what was set and of what was advised.

${markdownTable(
  ['Coin', 'venue', 'from', 'set: exceeded', 'mean', 'advised: exceeded', 'mean'],
  coins.flatMap((coin) => {
    const found = sameDates(coin);
    return found ? [found.cells] : [];
  }),
  3,
)}

## What it costs: procyclicality, by the day

Greatest ÷ least threshold, and the largest cut within ${CUT_DAYS} days in points of the threshold.

${markdownTable(
  ['Coin', ...OTHERS.slice(0, 4), 'set', 'SmartLTV'],
  coins.map(({ coin, day }) => [
    coin,
    ...OTHERS.slice(0, 4).map((name) => moveCell(day.held.find((one) => one.name === name))),
    moveCell(lineOf(day, 'set')),
    moveCell(lineOf(day, 'SmartLTV')),
  ]),
)}

## By their own measure

SmartLTV at its published constants (liquidity 5 × the cap, confidence 3, volatility of the last 250 days), held against a day's fall beyond threshold and bonus, no slippage, at 99 %: with
so much depth its formula leaves room for three deviations of a fifth of a day, and a whole day is more than that. The rule of excursions (99.9th percentile of one-hour moves
of the last year, anew each week), held against an hour's fall beyond the threshold, without a bonus, at 99.9 %.

${markdownTable(
  [
    'Coin',
    'SmartLTV: exceeded',
    'coverage',
    'Kupiec p',
    'mean',
    'Excursions: exceeded',
    'coverage',
    'Kupiec p',
    'mean',
  ],
  ownRows(coins),
)}

## In the crashes

By the hour, from prices by the minute: windows that were exceeded at their end (in brackets: within), and how many points of the price the worst fall went beyond the margin, which is
what would have been bad debt. The first advice comes after 300 hours (of USDC after 170). One in a hundred is what a whole series is held to; here is where the exceptions are.

${markdownTable(
  ['Crash', 'Coin', 'hours', ...IN_CRASHES],
  crashes.map(({ title, coin, windows, lines }) => [
    title,
    coin,
    String(windows),
    ...IN_CRASHES.map((name) => {
      const line = lines.find((one) => one.name === name);
      return line ? crashCell(line) : 'none';
    }),
  ]),
  2,
)}

Files: ${[...new Set(crashes.map(({ source }) => `\`${source}\``))].join(', ')}. USDC is priced as a bitcoin in dollars ÷ a bitcoin in USDC. There is no file of October 2025.

## What this does not say

- A close is not the low of its hour, and the prices are of one exchange.
- Depth, gas and other people's liquidations are constants or are left out: in a crash all three are worse than stated. The advice through the cascade is what counts them.
- λ, the memory and the level were not fitted to these files, but they are those of \`docs/var-backtest.md\`, which looked at the same prices.
- Who follows a threshold down by ${points(eth.largestCut)} points within ${CUT_DAYS} days makes people liquidatable. Limits of stewards do not allow it, and a threshold that comes down more slowly covers less
  than is counted here.
`;
}
