import { STUCK_REASONS, STUCK_WORDS, type AssetPath, type CascadeResult } from '@undertow/cascade';
import { amount, count, money, moveCell, NOTHING } from '../compact-numbers.ts';
import { figureTable, type Column } from '../figure-table.ts';
import { clipText } from '../wrap-text.ts';

/** Rows of a table that are printed; the rest is counted. */
const MOST_ROWS = 12;

/** So that three figures fit beside a name. */
const LONGEST_NAME = 60;

/** One figure of two results, and how it is written. */
interface Pair {
  readonly name: string;
  readonly before: number;
  readonly after: number;
  readonly text: (value: number) => string;
}

/** Two results of one scenario side by side: sums, venues, markets, assets and funds in which one of them has something. */
export function beforeAndAfterText(before: CascadeResult, after: CascadeResult): string {
  return [
    totalsText(before, after),
    venuesText(before, after),
    marketsText(before, after),
    assetsText(before, after),
    fundsText(before, after),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

const NAME: Column<Pair> = { head: '', of: ({ name }) => name };
const BEFORE_AND_AFTER: readonly Column<Pair>[] = [
  { head: 'Before', of: ({ before, text }) => text(before), group: 'all' },
  { head: 'After', of: ({ after, text }) => text(after), group: 'all' },
  { head: 'Difference', of: differenceText, group: 'all' },
];

/** What reads the same is the same. */
function differenceText({ before, after, text }: Pair): string {
  if (text(before) === text(after)) return NOTHING;
  return `${after > before ? '+' : '−'}${text(Math.abs(after - before))}`;
}

function totalsText(before: CascadeResult, after: CascadeResult): string {
  const pair = (name: string, of: (result: CascadeResult) => number, text = money): Pair => ({
    name,
    before: of(before),
    after: of(after),
    text,
  });
  const stuckBy = STUCK_REASONS.map((reason) =>
    pair(`  ${STUCK_WORDS[reason]}`, ({ stuck }) =>
      stuck.reduce((sum, one) => sum + (one.reason === reason ? one.debtUsd : 0), 0),
    ),
  );
  const pairs = [
    pair('Loss, USD', ({ lossUsd }) => lossUsd),
    pair('  bad debt: collateral is gone', ({ badDebtUsd }) => badDebtUsd),
    pair('  shortfall of open accounts', ({ shortfallUsd }) => shortfallUsd),
    pair('Loss if oracles follow every call', (result) => (result.band?.within ?? result).lossUsd),
    pair('Loss if all had to be sold', ({ lossAtSaleUsd }) => lossAtSaleUsd),
    pair('Due, and nobody liquidates it', ({ stuckUsd }) => stuckUsd),
    ...stuckBy,
    pair('Accounts liquidated', ({ accounts }) => accounts, count),
    pair('Liquidated, USD', ({ liquidatedUsd }) => liquidatedUsd),
    pair('Repaid, USD', ({ repaidUsd }) => repaidUsd),
    pair('Rounds', ({ rounds }) => rounds.length, count),
    pair('Liquidators earn, USD', ({ liquidatorProfitUsd }) => liquidatorProfitUsd),
    pair('Depositors earn, USD', ({ depositorProfitUsd }) => depositorProfitUsd),
  ];
  const isSame = pairs.every((one) => differenceText(one) === NOTHING);
  const drawn = figureTable(pairs, { title: 'Side by side', columns: [NAME, ...BEFORE_AND_AFTER] });
  return isSame ? [...(drawn === '' ? [] : [drawn]), SAME].join('\n') : drawn;
}

const SAME = 'The change makes no difference to these figures.';

/** Both results' rows of one name; undefined where a result has none. */
function joined<Row>(
  [before, after]: readonly [readonly Row[], readonly Row[]],
  nameOf: (row: Row) => string,
): { readonly name: string; readonly before: Row | undefined; readonly after: Row | undefined }[] {
  const names = new Set([...before, ...after].map(nameOf));
  return [...names].map((name) => ({
    name,
    before: before.find((row) => nameOf(row) === name),
    after: after.find((row) => nameOf(row) === name),
  }));
}

function venuesText(before: CascadeResult, after: CascadeResult): string {
  const rows = joined([before.byVenue, after.byVenue], ({ venue }) => venue);
  const lostUsd = (row: (typeof rows)[number]) => row.after?.lossUsd ?? 0;
  return figureTable(
    rows.sort((a, b) => lostUsd(b) - lostUsd(a)),
    {
      title: 'By venue, USD',
      columns: [
        { head: 'Venue', of: ({ name }) => name },
        { head: 'Loss\nbefore', of: (row) => money(row.before?.lossUsd ?? 0), group: 'Loss' },
        { head: 'Loss\nafter', of: (row) => money(row.after?.lossUsd ?? 0), group: 'Loss' },
        { head: 'Stuck\nbefore', of: (row) => money(row.before?.stuckUsd ?? 0), group: 'Stuck' },
        { head: 'Stuck\nafter', of: (row) => money(row.after?.stuckUsd ?? 0), group: 'Stuck' },
        { head: 'Accounts\nbefore', of: (row) => count(row.before?.accounts ?? 0), group: 'Accounts' },
        { head: 'Accounts\nafter', of: (row) => count(row.after?.accounts ?? 0), group: 'Accounts' },
        {
          head: 'Liquidated\nbefore',
          of: (row) => money(row.before?.liquidatedUsd ?? 0),
          group: 'Liquidated',
        },
        { head: 'Liquidated\nafter', of: (row) => money(row.after?.liquidatedUsd ?? 0), group: 'Liquidated' },
      ],
    },
  );
}

function marketsText(before: CascadeResult, after: CascadeResult): string {
  const pairs = joined(
    [before.byMarket, after.byMarket],
    ({ venue, market, asset }) => `${venue}\n${market}\n${asset}`,
  ).map((row): Pair => {
    const { venue, label, symbol } = (row.before ?? row.after)!;
    return {
      name: clipText(`${venue} ${label}, ${symbol} owed`, LONGEST_NAME),
      before: row.before?.lossUsd ?? 0,
      after: row.after?.lossUsd ?? 0,
      text: money,
    };
  });
  return figureTable(pairs, {
    title: 'Loss by market of what is owed, USD',
    columns: [{ ...NAME, head: 'Market' }, ...BEFORE_AND_AFTER],
    most: MOST_ROWS,
  });
}

function assetsText(before: CascadeResult, after: CascadeResult): string {
  const rows = joined([before.byAsset, after.byAsset], ({ asset }) => asset)
    .filter((row) => tradedUsd(row.before) + tradedUsd(row.after) > 0)
    .sort((a, b) => tradedUsd(b.after) - tradedUsd(a.after));
  return figureTable(rows, {
    title: 'By asset: amounts in units, market prices at the end',
    columns: [
      { head: 'Asset', of: (row) => (row.before ?? row.after)!.symbol },
      { head: 'Move\nbefore', of: ({ before: path }) => moveOf(path), group: 'Move' },
      { head: 'Move\nafter', of: ({ after: path }) => moveOf(path), group: 'Move' },
      { head: 'Seized\nbefore', of: ({ before: path }) => amount(path?.seized ?? 0), group: 'Seized' },
      { head: 'Seized\nafter', of: ({ after: path }) => amount(path?.seized ?? 0), group: 'Seized' },
      { head: 'Sold\nbefore', of: ({ before: path }) => amount(path?.sold ?? 0), group: 'Sold' },
      { head: 'Sold\nafter', of: ({ after: path }) => amount(path?.sold ?? 0), group: 'Sold' },
      { head: 'Bought\nbefore', of: ({ before: path }) => amount(path?.bought ?? 0), group: 'Bought' },
      { head: 'Bought\nafter', of: ({ after: path }) => amount(path?.bought ?? 0), group: 'Bought' },
    ],
    most: MOST_ROWS,
  });
}

const tradedUsd = (path: AssetPath | undefined) =>
  path ? (path.seized + path.sold + path.bought) * path.oracleBeforeUsd : 0;

const moveOf = (path: AssetPath | undefined) =>
  path ? moveCell(path.marketAfterUsd / path.oracleBeforeUsd - 1) : NOTHING;

function fundsText(before: CascadeResult, after: CascadeResult): string {
  const pairs = joined(
    [before.funds, after.funds],
    ({ venue, fund, symbol }) => `${venue} ${fund} ${symbol}`,
  ).map((row): Pair => ({
    name: row.name,
    before: row.before?.lossUsd ?? 0,
    after: row.after?.lossUsd ?? 0,
    text: money,
  }));
  return figureTable(pairs, {
    title: 'Losses that shared funds bear, USD',
    columns: [{ ...NAME, head: 'Fund' }, ...BEFORE_AND_AFTER],
  });
}
