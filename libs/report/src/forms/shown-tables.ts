import type { ReportColumn, ReportContent, ReportTable, ReportValue } from '../content.ts';
import { isSentences, isWords } from './shown-value.ts';

/** A table as people read it: the columns that fit beside each other, the rows that say most. */
export interface ShownTable {
  /** Of the table that it is made of. */
  readonly name: string;
  readonly title: string;
  readonly columns: readonly ReportColumn[];
  readonly rows: readonly (readonly ReportValue[])[];
  /** Rows of the table that are not shown. */
  readonly more: number;
  readonly source: string;
  /** What is behind the figures, for those who look closer. */
  readonly isDetail: boolean;
}

interface Choice {
  readonly table: string;
  /** By default all. */
  readonly columns?: readonly string[];
  readonly isDetail?: boolean;
}

const INPUTS: readonly Choice[] = [
  { table: 'gaps' },
  {
    table: 'prices',
    columns: ['symbol', 'reference', 'tie', 'tiedTo', 'oraclePriceUsd', 'marketPrice'],
    isDetail: true,
  },
  { table: 'depth', columns: ['symbol', 'quote', 'move', 'usd', 'units', 'isEnded'], isDetail: true },
];

/** What of each kind is shown, in which order. All else is in the bundle and in the CSV files. */
const CHOICES: Readonly<Record<ReportContent['kind'], readonly Choice[]>> = {
  scenario: [
    { table: 'rounds' },
    {
      table: 'venues',
      columns: ['venue', 'lossUsd', 'badDebtUsd', 'shortfallUsd', 'stuckUsd', 'accounts', 'liquidatedUsd'],
    },
    { table: 'waterfall' },
    { table: 'stuck' },
    { table: 'markets', columns: ['venue', 'label', 'symbol', 'lossUsd', 'badDebtUsd', 'shortfallUsd'] },
    { table: 'contagion' },
    {
      table: 'assets',
      columns: [
        'symbol',
        'oracleBeforeUsd',
        'oracleAfterUsd',
        'marketAfterUsd',
        'seized',
        'sold',
        'bought',
        'unsold',
      ],
    },
    { table: 'accounts', columns: ['venue', 'owner', 'firstRound', 'liquidatedUsd', 'lossUsd', 'stuck'] },
    { table: 'funds', columns: ['venue', 'fund', 'symbol', 'before', 'after', 'lossUsd'] },
    {
      table: 'moves',
      columns: ['symbol', 'marketMove', 'leastOracleMove', 'greatestOracleMove'],
      isDetail: true,
    },
    { table: 'lots', isDetail: true },
    ...INPUTS,
  ],
  sweep: [
    {
      table: 'atRisk',
      columns: [
        'label',
        'level',
        'valueAtRisk',
        'low',
        'high',
        'expectedShortfall',
        'shortfallLow',
        'shortfallHigh',
      ],
    },
    { table: 'worst' },
    { table: 'venues' },
    { table: 'markets', columns: ['venue', 'label', 'meanLossUsd', 'lossAtRisk', 'contributionUsd'] },
    { table: 'assets', columns: ['symbol', 'meanLossUsd', 'lossAtRisk', 'contributionUsd', 'meanSeized'] },
    { table: 'coverTwo' },
    { table: 'crossVenue' },
    { table: 'tailAccounts', columns: ['venue', 'owner', 'contributionUsd'] },
    { table: 'rounds', isDetail: true },
    { table: 'still', columns: ['symbol', 'collateralUsd', 'debtUsd'], isDetail: true },
    ...INPUTS,
  ],
  proposal: [
    { table: 'specification' },
    {
      table: 'evidence',
      columns: [
        'venue',
        'label',
        'parameter',
        'shortfallNow',
        'shortfallThen',
        'shortfallIfNobodyActs',
        'powerNow',
        'powerThen',
        'dueThen',
      ],
    },
    { table: 'words', columns: ['venue', 'label', 'parameter', 'words'] },
    { table: 'madeDue' },
    { table: 'missing' },
    {
      table: 'atRisk',
      columns: ['label', 'level', 'valueAtRisk', 'expectedShortfall', 'shortfallLow', 'shortfallHigh'],
    },
    { table: 'binding', isDetail: true },
    {
      table: 'checks',
      columns: ['venue', 'label', 'parameter', 'name', 'value', 'unit', 'why'],
      isDetail: true,
    },
    ...INPUTS,
  ],
  incident: [
    {
      table: 'comparedVenues',
      columns: [
        'venue',
        'predictedAccounts',
        'happenedAccounts',
        'matchedAccounts',
        'predictedSeizedUsd',
        'happenedSeizedUsd',
        'seizedError',
        'predictedBadDebtUsd',
        'happenedBadDebtUsd',
      ],
    },
    { table: 'comparedAssets', columns: ['symbol', 'predicted', 'happened', 'error'] },
    {
      table: 'answers',
      columns: ['label', 'before', 'furthest', 'furthestMove', 'block', 'last', 'answers'],
    },
    { table: 'marginBefore' },
    {
      table: 'accounts',
      columns: [
        'venue',
        'owner',
        'outcome',
        'healthBefore',
        'predictedRepaidUsd',
        'happenedRepaidUsd',
        'firstBlock',
        'transaction',
      ],
    },
    { table: 'flags', columns: ['label', 'kind', 'severity', 'raised', 'ended', 'peak'] },
    {
      table: 'comparedMarkets',
      columns: [
        'venue',
        'label',
        'symbol',
        'happenedRepaidUsd',
        'liquidations',
        'predictedBadDebtUsd',
        'happenedBadDebtUsd',
      ],
    },
    {
      table: 'liquidations',
      columns: [
        'block',
        'venue',
        'owner',
        'collateralSymbol',
        'seizedUnits',
        'debtSymbol',
        'repaidUnits',
        'badDebtUsd',
        'transaction',
      ],
      isDetail: true,
    },
    { table: 'timeline', isDetail: true },
    { table: 'moves', columns: ['symbol', 'marketMove'], isDetail: true },
    ...INPUTS,
  ],
  state: [
    {
      table: 'venues',
      columns: ['venue', 'mechanism', 'accounts', 'due', 'collateralUsd', 'debtUsd', 'leftOut'],
    },
    { table: 'heatmap' },
    { table: 'flags' },
    { table: 'concentration' },
    { table: 'owners' },
    { table: 'coverTwo' },
    { table: 'crossVenue' },
    { table: 'reproduction' },
    { table: 'funds' },
    {
      table: 'oracles',
      columns: ['symbol', 'id', 'priceUsd', 'marketPriceUsd', 'deviation', 'pricedUsd'],
      isDetail: true,
    },
    { table: 'exposure', columns: ['venue', 'symbol', 'collateralUsd', 'debtUsd', 'netUsd'], isDetail: true },
    ...INPUTS,
  ],
};

/** The tables of a report as people read them, those that have something, each of at most so many rows. */
export function shownTables({ kind, tables }: ReportContent, most: number): ShownTable[] {
  return CHOICES[kind].flatMap(({ table: name, columns, isDetail = false }) => {
    const found = tables.find((one) => one.name === name);
    if (found === undefined || found.rows.length === 0) return [];
    const turned = TURNED[name];
    const table = turned ? turned(found) : found;
    const places =
      columns === undefined || turned !== undefined
        ? table.columns.map((_, at) => at)
        : columns
            .map((column) => table.columns.findIndex((one) => one.name === column))
            .filter((at) => at !== -1);
    return [
      {
        name,
        title: table.title,
        columns: places.map((at) => table.columns[at]!),
        rows: table.rows.slice(0, most).map((row) => places.map((at) => row[at]!)),
        more: Math.max(0, table.rows.length - most) + table.leftOut,
        source: table.source,
        isDetail,
      },
    ];
  });
}

/** Tables that people read another way than they are kept. */
const TURNED: Readonly<Record<string, (table: ReportTable) => ReportTable>> = {
  heatmap: byMove,
  specification: byAsset,
};

/** The specification that forums expect: a row for each market, and for each parameter what it is and what is recommended. */
function byAsset(table: ReportTable): ReportTable {
  const at = (name: string) => table.columns.findIndex((column) => column.name === name);
  const [venue, label, parameter, current, recommended] = [
    'venue',
    'label',
    'parameter',
    'currentText',
    'recommended',
  ].map(at) as [number, number, number, number, number];
  const parameters = [...new Set(table.rows.map((row) => String(row[parameter])))];
  const markets = Map.groupBy(table.rows, (row) => JSON.stringify([row[venue], row[label]]));
  const column = (name: string, heading: string) => ({ name, label: heading, unit: 'words' });
  return {
    ...table,
    columns: [
      column('venue', 'Instance'),
      column('label', 'Asset'),
      ...parameters.flatMap((name) => [
        column(`current ${name}`, `Current ${name}`),
        column(`recommended ${name}`, `Recommended ${name}`),
      ]),
    ],
    rows: [...markets.values()].map((own) => [
      own[0]![venue]!,
      own[0]![label]!,
      ...parameters.flatMap((name) => {
        const row = own.find((one) => one[parameter] === name);
        return row ? [row[current]!, row[recommended]!] : ['', ''];
      }),
    ]),
  };
}

/** A heatmap with a row for what moves and a column for each move: what is lost. */
function byMove(table: ReportTable): ReportTable {
  const [whatAt, moveAt, lossAt] = ['what', 'move', 'lossUsd'].map((name) =>
    table.columns.findIndex((column) => column.name === name),
  ) as [number, number, number];
  const moves = [...new Set(table.rows.map((row) => Number(row[moveAt])))].sort((a, b) => a - b);
  const names = [...new Set(table.rows.map((row) => String(row[whatAt])))];
  const { unit } = table.columns[lossAt]!;
  const cell = (name: string, move: number) =>
    table.rows.find((row) => row[whatAt] === name && row[moveAt] === move)?.[lossAt] ?? null;
  return {
    ...table,
    title: 'What is lost if one price moves',
    columns: [
      table.columns[whatAt]!,
      ...moves.map((move) => ({
        name: String(move),
        label: `${move < 0 ? '−' : '+'}${Math.round(Math.abs(move) * 1_000) / 10} %`,
        unit,
      })),
    ],
    rows: names.map((name) => [name, ...moves.map((move) => cell(name, move))]),
  };
}

/** What a table counts in, and who said it: each unit once, with the columns that have it. */
export function unitsNote({ columns, source }: Pick<ShownTable, 'columns' | 'source'>): string {
  const labels = new Map<string, string[]>();
  for (const { label, unit } of columns)
    if (!isWords(unit) && !isSentences(unit) && !unit.startsWith('a number of'))
      labels.set(unit, [...(labels.get(unit) ?? []), label]);
  const parts = [...labels].map(([unit, names]) => `${names.join(', ')}: ${unit}`);
  return [...parts, `source: ${source}`].join('; ');
}
