// docs/advice-against-governance.md, of what `compareGovernance` found.
import { horizonText } from '@undertow/advice';
import { STATED, type Compared, type Comparison, type Reason } from './governance-compared.ts';
import type { ComparedKind, GovernanceFiles } from './governance-values.ts';
import { markdownTable, percent } from './markdown.ts';

/** A comparison with another length of windows, beside the one that the page is about. */
export interface OtherHorizon {
  readonly horizonSeconds: number;
  readonly words: string;
  readonly comparison: Comparison;
}

export interface GovernancePageOf {
  readonly files: GovernanceFiles;
  readonly comparison: Comparison;
  readonly others: readonly OtherHorizon[];
}

const TITLES = {
  liquidationThreshold: 'Liquidation thresholds',
  loanToValue: 'Borrowing limits (loan-to-value)',
  liquidationBonus: 'Liquidation bonuses',
} as const satisfies Readonly<Record<ComparedKind, string>>;
const KINDS = Object.keys(TITLES) as ComparedKind[];

const points = (ratio: number) => `${ratio >= 0 ? '+' : '−'}${Math.abs(100 * ratio).toFixed(1)}`;
const day = (time: number) => new Date(time * 1_000).toISOString().slice(0, 10);
const many = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`;

/** What each reason means, in the order of the summary. */
const REASONS: Readonly<Record<Reason, string>> = {
  near: 'within 2 points: no difference to explain',
  'beyond-known':
    'theirs leaves room for more than the worst fall in all prices known by then: no window of that length explains it. What we do not weigh does: depth, concentration, a wrapper’s or a bridge’s risk, law, or the end of a market in steps',
  stricter:
    'theirs leaves room for falls that had been seen, but on fewer days than one in a hundred: a stricter level, or a longer time to close, than ours',
  calmer:
    'theirs leaves room for falls that came on more than one known day in a hundred, and ours is higher still: volatility had come down, which ours follows',
  'own-line':
    'a limit that leaves room for less than the rarest day in a hundred known, and yet is below ours: theirs lies below their own threshold, which is lower than ours',
  dollar:
    'a coin that is held at a dollar: its prices by then are calm, and the depeg that such a value is set against is not in them',
  'wind-down': 'theirs is 5 % or less: it ends a market, and covers no fall',
  looser: 'theirs leaves room for less than was expected of a day at 99 % then: a looser level than ours',
  bonus:
    'a bonus: ours is what pays the call on a deep market within the hour, and nothing for gas, small accounts or thin markets; theirs does, and punishes owners',
};

/** In a row: the facts of that row. */
function reasonText({
  reason,
  room,
  worstKnown,
  known,
  knownBeyond,
  fall,
  value,
  isWrapped,
}: Compared): string {
  const wrapper =
    isWrapped && value.asset !== 'WETH' && value.asset !== 'WAVAX'
      ? '; wrapped, whose risk is in no price'
      : '';
  const seen = `${knownBeyond} of ${known} falls known were beyond it`;
  switch (reason) {
    case 'near':
      return `agree${wrapper}`;
    case 'wind-down':
      return 'ends the market';
    case 'dollar':
      return `dollar: room for ${percent(room)}, worst known ${percent(worstKnown)}${wrapper}`;
    case 'beyond-known':
      return `room for ${percent(room)}, worst known ${percent(worstKnown)}${wrapper}`;
    case 'bonus':
      return `room for ${percent(room)} in an hour; ${seen}`;
    case 'stricter':
    case 'calmer':
    case 'own-line':
    case 'looser':
      return `room for ${percent(room)}, ${percent(fall)} expected; ${seen}${wrapper}`;
  }
}

const HEAD = [
  'Day',
  'Venue',
  'Asset',
  'Before',
  'Theirs',
  'Ours',
  'Ours − theirs',
  'Why',
  'Beyond, theirs',
  'Beyond, ours',
];

/** The cells of one comparison. */
export function comparedCells(one: Compared): string[] {
  const { value, ours, after } = one;
  const beyond = (count: number) => `${count} of ${after.windows}`;
  return [
    day(value.time!),
    value.venue,
    value.asset,
    value.before === undefined ? 'none' : percent(value.before),
    percent(value.after),
    percent(ours),
    points(ours - value.after),
    reasonText(one),
    beyond(after.theirs),
    beyond(after.ours),
  ];
}

/** How many are within two points, above and below. */
export function counted(compared: readonly Compared[]) {
  const difference = ({ ours, value }: Compared) => ours - value.after;
  return {
    all: compared.length,
    near: compared.filter(({ reason }) => reason === 'near').length,
    above: compared.filter((one) => one.reason !== 'near' && difference(one) > 0).length,
    below: compared.filter((one) => one.reason !== 'near' && difference(one) < 0).length,
  };
}

function countRow(name: string, compared: readonly Compared[]): string[] {
  const { all, near, above, below } = counted(compared);
  const sum = (who: 'theirs' | 'ours') => compared.reduce((total, { after }) => total + after[who], 0);
  const windows = compared.reduce((total, { after }) => total + after.windows, 0);
  const share = (count: number) => (windows === 0 ? 'none' : `${count} (${percent(count / windows, 2)})`);
  return [name, ...[all, near, above, below].map(String), share(sum('theirs')), share(sum('ours'))];
}

const COUNT_HEAD = [
  '',
  'compared',
  'within 2 points',
  'ours above',
  'ours below',
  'windows beyond, theirs',
  'windows beyond, ours',
];

const bothOf = (compared: readonly Compared[], kind: ComparedKind, source: Compared['value']['source']) =>
  compared.filter(({ value }) => value.kind === kind && value.source === source);

function summary({ files, comparison: { compared, left }, others }: GovernancePageOf): string {
  const thresholds = bothOf(compared, 'liquidationThreshold', 'set');
  const { all, near, above, below } = counted(thresholds);
  const reasons = (Object.keys(REASONS) as Reason[])
    .map((reason) => [reason, compared.filter((one) => one.reason === reason).length] as const)
    .filter(([, count]) => count > 0);
  const rows = (['set', 'recommended'] as const).flatMap((source) =>
    KINDS.map((kind) => countRow(`${TITLES[kind]}, ${source}`, bothOf(compared, kind, source))),
  );
  return `Of the ${many(all, 'liquidation threshold')} that were set and can be compared, **ours is within 2 points of ${near}, above ${above}, and below ${below}.** Ours is a
standalone line and lets more be borrowed: it knows how a price moves, and nothing else. ${worstOf(thresholds)}

${markdownTable(COUNT_HEAD, rows)}

_Windows beyond_: of the windows of the ${STATED.afterDays} days after each (days; of bonuses hours), those in which the price fell farther than the value leaves room for. Ours is meant to be exceeded
in one of a hundred, and is held still for those days, though it would be advised anew. Theirs is exceeded less because most of theirs are lower: that is what they bought with the borrowing power
that they gave up.

Why they differ, of all ${compared.length}:

${reasons.map(([reason, count]) => `- **${count}**: ${REASONS[reason]}.`).join('\n')}

With windows of another length, liquidation thresholds that were set:

${markdownTable(COUNT_HEAD, [
  countRow(`${horizonText(STATED.horizonSeconds)}, as on this page`, thresholds),
  ...others.map(({ horizonSeconds, words, comparison }) =>
    countRow(
      `${horizonText(horizonSeconds)}${words}`,
      bothOf(comparison.compared, 'liquidationThreshold', 'set'),
    ),
  ),
])}

What could not be compared, of ${files.values.length} thresholds, limits and bonuses in ${files.rows.set + files.rows.recommended} rows:

${[...left].map(([why, count]) => `- ${count}: ${why}.`).join('\n')}
${[...files.leftOut].map(([why, count]) => `- The other ${count} rows are of ${why}.`).join('\n')}`;
}

/** Where we look bad: ours of thresholds that was exceeded most, while theirs was not. */
function worstOf(thresholds: readonly Compared[]): string {
  const worse = thresholds.filter(({ after }) => after.ours > after.theirs);
  const better = thresholds.filter(({ after }) => after.ours < after.theirs);
  const worst = worse.toSorted((a, b) => b.after.ours - b.after.theirs - (a.after.ours - a.after.theirs))[0];
  const named = worst
    ? `; worst is ${worst.value.asset} of ${day(worst.value.time!)}, where ours of ${percent(worst.ours)} was exceeded on ${worst.after.ours} of ${worst.after.windows} days and theirs of ${percent(worst.value.after)} on ${worst.after.theirs}`
    : '';
  return `In the days after, ours was exceeded more often than theirs after ${worse.length} of them${named}; theirs more often than ours after ${better.length}.`;
}

/** The whole page. */
export function governancePage(of: GovernancePageOf): string {
  const { files, comparison } = of;
  const tables = KINDS.flatMap((kind) =>
    (['set', 'recommended'] as const).flatMap((source) => {
      const rows = bothOf(comparison.compared, kind, source);
      if (rows.length === 0) return [];
      const sorted = rows.toSorted((a, b) => a.value.time! - b.value.time!);
      return [
        `## ${TITLES[kind]}, ${source}\n\n${INTRODUCED[kind]}\n\n${markdownTable(HEAD, sorted.map(comparedCells), 3)}`,
      ];
    }),
  );
  return `# Our advice beside what governance set

What would we have said on the day on which Aave's governance changed a threshold, or on which a risk manager recommended one? Here is every such value of an asset whose
prices we have, beside the standalone line from the prices known on that day: whether they agree, why not, and how each fared in the prices that came after. Rows in which ours
looks worse stay in the table.

Everything on this page is written by one command from public files, and a test holds its tables:

\`\`\`
npx node scripts/write-advice-against-governance.ts <folder of the public files>
\`\`\`

## What comes of it

${summary(of)}

## How it is compared

**Theirs.** \`aave-governance-params\`: ${files.rows.set} changes of Aave's proposals (2023 to 2026), read off the differences that their tests print (some were never executed), and ${files.rows.recommended} rows of
recommendations of risk managers to Aave and Moonwell. Where one number is both limit and line (Moonwell's collateral factor), it is compared as a threshold. The day is that on which the file came
into its repository, some days after it was written. A proposal that was recommended and then set is in both tables.

**Ours.** The standalone line of \`libs/advice\` from hourly closes of Binance up to that day, at ${percent(STATED.confidence, 0)} over ${horizonText(STATED.horizonSeconds)} (see [advice-backtest.md](advice-backtest.md), which backtests it): toxicity
line × (1 − expected fall). Slippage of ${percent(STATED.slippage.whole - 1)} for a whole account and ${percent(STATED.slippage.call - 1)} for a call, half of a debt repaid by a call. The bonus is the market's where the files know it by
that day, else ${percent(STATED.bonus.large)} for ETH, BTC and dollars and ${percent(STATED.bonus.other)} for all else. It is not the advice through the cascade: no book of those days is there. Debts are taken to stand still, as dollars do.

**What we do not know** and they may have: depth and its concentration at each venue and chain, who the largest accounts were, what a wrapper or a bridge could do, law, and what the community wished for. A coin under
another name (WBTC, USDC.e) is compared by the coin that it stands for. Staked tokens have no price in these files, and are not compared.

${tables.join('\n\n')}
`;
}

const INTRODUCED: Readonly<Record<ComparedKind, string>> = {
  liquidationThreshold:
    '_Beyond_: days after on which an account that became due at its start would have left bad debt at its end.',
  loanToValue:
    'Ours is line × (1 − fall): who borrows up to it is due within a day once in a hundred days. _Beyond_: days on which a loan at the limit would have become due; theirs by their own threshold where the files know it, ours by our line.',
  liquidationBonus:
    'Ours is the least at which who repays a call and sells within the hour is not out of pocket in 99 of 100 hours. _Beyond_: hours in which they would have been.',
};
