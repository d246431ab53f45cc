// docs/var-backtest.md, of what `backtestCoins` found.
import type { VarBacktest } from '@undertow/margin';
import {
  CRASHES,
  METHODS,
  type CoinBacktest,
  type CrashName,
  type InCrash,
  type MethodName,
} from './var-backtest.ts';

const REJECTED = 0.05;

const HEAD = `# Does the value at risk hold?

A value at risk at 99 % says: in one step of a hundred, no more, the loss is greater than this. Whether that is so is counted here, for twenty
coins over four and a half years: each forecast is made of what was known one step before, and held against what came. A loss that was greater
is an exception. Too many mean that the number is too small, too few that it asks for too much; exceptions that come in a row mean that it follows
too slowly.

Everything on this page is written by one command from public prices, and a test holds the first table:

\`\`\`
npx node scripts/write-var-backtest.ts <folder of the public files>
\`\`\`

**Data.** Hourly closes in USDT of Binance, 2021-01-01 to 2025-06-13 (\`prices-hourly-binance-2021-2025\`), not part of the project. A step without a
price at either end is left out (LUNA between the old and the new token, FTT after its halt).

**Method.** Filtered historical simulation (\`oneStepAhead\` of \`libs/margin\`) of one unit held, and, for rises, of one unit owed: the volatility expected
for the step, times the 99 % order statistic of the last residuals. The first table has an EWMA with λ = 0.94 a step, over the last 250 days or 1,000
hours; its first forecast comes after 100 steps more. λ is RiskMetrics', and 250 days are the Basel Committee's. That an hour gets a λ of its own, and not
that of a day spread over its hours, was decided after the latter had been seen to fail: both are below.

**Tests.** p is how likely what was seen, or worse, would be with a right number. Below 5 % it is rejected, and **bold**. Kupiec asks whether there were
as many exceptions as there should be, Christoffersen whether one brings the next. Of twenty tests that are all right, one is rejected by
chance.
`;

const percent = (share: number, digits = 2) => `${(share * 100).toFixed(digits)} %`;
const p = (pValue: number) => {
  const text = pValue < 0.001 ? '< 0.001' : pValue.toFixed(3);
  return pValue < REJECTED ? `**${text}**` : text;
};
const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [row(head), row(head.map((_, at) => (at === 0 ? '---' : '---:'))), ...rows.map(row)].join('\n');

/** The cells of a coin in the first table: falls and rises, by day and by hour. */
export function coverageCells({ coin, fall, rise }: CoinBacktest): string[] {
  return [
    coin,
    ...(['day', 'hour'] as const).flatMap((name) => {
      const [down, up] = [fall[name]!, rise[name]!];
      return [
        `${down.exceptions} of ${down.count}`,
        percent(down.exceptions / down.count),
        p(down.proportionOfFailures.pValue),
        p(down.independence.pValue),
        p(up.proportionOfFailures.pValue),
      ];
    }),
  ];
}

const COVERAGE_HEAD = [
  'Coin',
  'Days: exceptions',
  'share',
  'Kupiec p',
  'independence p',
  'rises: Kupiec p',
  'Hours: exceptions',
  'share',
  'Kupiec p',
  'independence p',
  'rises: Kupiec p',
];

const shortOf = (test: VarBacktest) =>
  `${percent(test.exceptions / test.count)}, ${p(test.proportionOfFailures.pValue)}, ${p(test.independence.pValue)}`;

const crashCell = (found: InCrash | undefined) =>
  found === undefined
    ? 'no forecast yet'
    : `${found.exceptions} of ${found.steps}, worst ${found.worst.toFixed(1)}`;

/** The whole page. */
export function backtestPage(coins: readonly CoinBacktest[]): string {
  const rejected = (direction: 'fall' | 'rise', name: MethodName) =>
    coins
      .filter((coin) => coin[direction][name]!.proportionOfFailures.pValue < REJECTED)
      .map(({ coin }) => coin);
  const clustered = (name: MethodName) =>
    coins.filter(({ fall }) => fall[name]!.independence.pValue < REJECTED).map(({ coin }) => coin);
  const names = (found: readonly string[]) =>
    found.length === 0 ? 'none' : `${found.length}: ${found.join(', ')}`;
  const others = (Object.keys(METHODS) as MethodName[]).filter((name) => name !== 'day' && name !== 'hour');
  const crashes = Object.keys(CRASHES) as CrashName[];
  return `${HEAD}
## Coverage

Rejected by Kupiec at 5 %, falls: of days ${names(rejected('fall', 'day'))}; of hours ${names(rejected('fall', 'hour'))}. Rises: of days
${names(rejected('rise', 'day'))}; of hours ${names(rejected('rise', 'hour'))}.

Exceptions that come together, by Christoffersen's test of falls: of days ${names(clustered('day'))}; of hours ${names(clustered('hour'))}. By the
hour the number is right on average and not in every hour: after one exception the next is likelier than one in a hundred. Who sets a
margin by it adds a buffer, or waits out a longer horizon.

${table(COVERAGE_HEAD, coins.map(coverageCells))}

## Other ways to tell it

Share of exceptions in falls, Kupiec's p, p of independence. **GARCH**: fitted anew every 100 days to the last 500. **Plain**: the order statistic
of the last 250 days or 1,000 hours, without a filter. **Slow**: the λ of a day spread over its hours, 0.94^(1/24), which forgets too slowly for
what has hours of its own: pegged coins above all.

${table(
  ['Coin', ...others],
  coins.map(({ coin, fall }) => [coin, ...others.map((name) => shortOf(fall[name]!))]),
)}

## In the crashes

Exceptions in falls, of the steps of each window, and the worst loss ÷ what was said one step before it (1.0 = just that). One in a hundred is what the
whole series is held to; a crash is where the exceptions are, and what counts there is how far beyond the number the loss went. By day the first
forecast is of December 2021.

${crashes
  .map((crash) => {
    const [from, to] = CRASHES[crash];
    const rows = coins.flatMap(({ coin, crashes: found }) => {
      const { day, hour } = found[crash];
      return day === undefined && hour === undefined ? [] : [[coin, crashCell(day), crashCell(hour)]];
    });
    return `### ${crash} (${from} to ${to})\n\n${table(['Coin', 'by day', 'by hour'], rows)}`;
  })
  .join('\n\n')}

## What it costs: procyclicality

Value at risk of a day's fall: its mean, its greatest ÷ its least, and its largest rise within five days (1.0 = it doubled), by the filter and
plain. Windows of 250 days by zone of the Basel traffic light, with the filter. Following the volatility is what keeps the coverage, and makes the margin
rise when prices fall: a floor or a buffer lowers that.

${table(
  [
    'Coin',
    'mean',
    'peak ÷ trough',
    'rise in 5 days',
    'plain: mean',
    'peak ÷ trough',
    'rise in 5 days',
    'green',
    'yellow',
    'red',
  ],
  coins.map(({ coin, fall }) => {
    const [ewma, plain] = [fall.day!, fall['day, plain']!];
    const cells = ({ meanValueAtRisk, procyclicality: { peakToTrough, largestRise } }: VarBacktest) => [
      percent(meanValueAtRisk, 1),
      peakToTrough.toFixed(1),
      largestRise.toFixed(1),
    ];
    const { green, yellow, red } = ewma.trafficLight.windows;
    return [coin, ...cells(ewma), ...cells(plain), String(green), String(yellow), String(red)];
  }),
)}

## What this does not say

A step of an hour or a day is not the time that a liquidation takes in a market without depth, and a close is not the low of its hour. The prices are
of one exchange, in USDT. Nothing here is of a portfolio: what a portfolio of several coins loses depends on how they fall together.
`;
}
