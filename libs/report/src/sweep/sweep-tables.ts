import type { Book } from '@undertow/book';
import { planCoverage, type AtRisk, type PartLoss, type SweepSummary } from '@undertow/sweep';
import type { ReportTable } from '../content.ts';
import { originOf } from '../made-of.ts';
import { field, tableOf, type Wanted } from '../table.ts';
import { scenarioWords } from '../words.ts';
import type { SweptBook } from './swept-book.ts';

const USD = 'USD of one scenario';
const MANY = 'a number of them';
const FIGURES = [
  ['lossUsd', 'Loss'],
  ['lossAtSaleUsd', 'Loss if all had to be sold'],
  ['badDebtUsd', 'Bad debt'],
  ['shortfallUsd', 'Shortfall'],
  ['stuckUsd', 'Due and stuck'],
  ['liquidatedUsd', 'Liquidated'],
] as const;

/** A sweep as tables. */
export const sweepTables = (book: Book, swept: SweptBook, summed: SweepSummary): ReportTable[] => [
  atRiskTable(book, summed),
  ...histogramTables(book, summed),
  ...partTables(book, summed),
  worstTable(book, swept, summed),
  ...tailTables(book, swept),
  stillTable(book, swept),
];

const atRiskColumns: readonly Wanted<AtRisk>[] = [
  field('level', 'Level', 'ratio of scenarios in which no more is lost'),
  field('valueAtRisk', 'Value at risk', USD),
  { name: 'low', label: '95 % of it, low', unit: USD, of: ({ interval }) => interval?.low },
  {
    name: 'high',
    label: 'high',
    unit: `${USD}; null = the sample is too small`,
    of: ({ interval }) => interval?.high,
  },
  field('expectedShortfall', 'Expected shortfall', USD),
  { name: 'shortfallLow', label: '95 % of it, low', unit: USD, of: (one) => one.shortfallInterval?.low },
  {
    name: 'shortfallHigh',
    label: 'high',
    unit: `${USD}; null = the sample is too small`,
    of: (one) => one.shortfallInterval?.high,
  },
];

/** What lies beyond which level: of a grid, which is no sample, there is nothing to say. */
function atRiskTable(book: Book, summed: SweepSummary): ReportTable {
  const rows = summed.probabilities
    ? FIGURES.flatMap(([name, label]) => summed[name].atRisk.map((one) => ({ ...one, figure: name, label })))
    : [];
  return tableOf(rows, {
    name: 'atRisk',
    title: 'How much, how often',
    origin: originOf(book, 'summary of libs/sweep'),
    columns: [field('label', 'Of what'), ...atRiskColumns, field('figure', 'Name')],
  });
}

function histogramTables(book: Book, summed: SweepSummary): ReportTable[] {
  const origin = originOf(book, 'summary of libs/sweep');
  const bins = FIGURES.flatMap(([figure, label]) => {
    const { zeros, bins: own } = summed[figure].histogram;
    return [{ from: 0, to: 0, count: zeros }, ...own].map((bin) => ({ ...bin, figure, label }));
  });
  return [
    tableOf(bins, {
      name: 'histogram',
      title: 'Scenarios by how much',
      origin,
      columns: [
        field('label', 'Of what'),
        field('from', 'From', `${USD}, included`),
        field('to', 'To', `${USD}, excluded; 0 = nothing at all`),
        field('count', 'Scenarios', MANY),
        field('figure', 'Name'),
      ],
    }),
    tableOf(
      summed.rounds.map((count, rounds) => ({ rounds, count })).filter(({ count }) => count > 0),
      {
        name: 'rounds',
        title: 'Scenarios by rounds',
        origin,
        columns: [field('rounds', 'Rounds', MANY), field('count', 'Scenarios', MANY)],
      },
    ),
  ];
}

function partTables(book: Book, summed: SweepSummary): ReportTable[] {
  const origin = originOf(book, 'summary of libs/sweep');
  const level = summed.contributionLevel;
  const lossAt = ({ loss }: PartLoss) => loss.find((one) => one.level === level)?.valueAtRisk;
  const losses: readonly Wanted<PartLoss>[] = [
    field('meanLossUsd', 'Mean loss', USD),
    ...(summed.probabilities
      ? [
          { name: 'lossAtRisk', label: `Value at risk, ${level * 100} %`, unit: USD, of: lossAt },
          field('contributionUsd', `Part of the expected shortfall, ${level * 100} %`, USD),
        ]
      : []),
  ];
  return [
    tableOf(summed.byVenue, {
      name: 'venues',
      title: 'By venue',
      origin,
      columns: [field('venue', 'Venue'), field('meanLiquidatedUsd', 'Mean liquidated', USD), ...losses],
    }),
    tableOf(summed.byMarket, {
      name: 'markets',
      title: 'By market in which the debt was taken',
      origin,
      columns: [field('venue', 'Venue'), field('label', 'Market'), ...losses, field('market', 'Market id')],
      most: 200,
    }),
    tableOf(summed.byAsset, {
      name: 'assets',
      title: 'By asset that is owed',
      origin,
      columns: [
        field('symbol', 'Asset'),
        ...losses,
        field('meanSeized', 'Mean seized of it', 'units of the asset, of one scenario'),
        field('asset', 'Address'),
      ],
    }),
  ];
}

function worstTable(book: Book, { opened }: SweptBook, { worst }: SweepSummary): ReportTable {
  return tableOf(worst, {
    name: 'worst',
    title: 'Worst scenarios',
    origin: originOf(book, 'summary of libs/sweep'),
    columns: [
      {
        name: 'scenario',
        label: 'Scenario',
        unit: 'number of it in the plan, from 0',
        of: ({ index }) => index,
      },
      { name: 'moves', label: 'Moves', of: ({ index }) => scenarioWords(book, opened.scenario(index)) },
      field('lossUsd', 'Loss', USD),
      field('liquidatedUsd', 'Liquidated', USD),
      field('rounds', 'Rounds', MANY),
    ],
  });
}

function tailTables(book: Book, { tail }: SweptBook): ReportTable[] {
  if (tail === undefined) return [];
  const origin = originOf(book, `tailMeasures of libs/sweep, scenarios beyond ${tail.level * 100} %`);
  const { causes, venues, shares } = tail.crossVenue;
  const caused = causes.flatMap((cause, row) =>
    venues.map((venue, column) => ({ cause, venue, share: shares[row]![column]! })),
  );
  return [
    tableOf(tail.coverTwo, {
      name: 'coverTwo',
      title: 'Cover-2: would funds bear the two owners who leave most',
      origin,
      columns: [
        field('venue', 'Venue'),
        {
          name: 'scenario',
          label: 'In scenario',
          unit: 'number of it in the plan, from 0',
          of: ({ index }) => index,
        },
        { name: 'owners', label: 'Owners', of: ({ owners }) => owners.map(({ owner }) => owner).join(', ') },
        field('lossUsd', 'They leave', USD),
        field('fundUsd', 'Funds now', 'USD, at the oracle prices of each venue'),
        field('isCovered', 'Covered', 'yes or no'),
      ],
    }),
    tableOf(
      caused.filter(({ share }) => share > 0),
      {
        name: 'crossVenue',
        title: 'Whose trades cause liquidations at whom, in the tail',
        origin,
        columns: [
          field('cause', 'Because of'),
          field('venue', 'Liquidated at'),
          field('share', 'Share of what is liquidated there', 'ratio'),
        ],
      },
    ),
    tableOf(tail.accounts, {
      name: 'tailAccounts',
      title: 'Accounts behind the expected shortfall',
      origin,
      columns: [
        field('venue', 'Venue'),
        field('owner', 'Owner'),
        field('market', 'Market'),
        field('contributionUsd', 'Part of the expected shortfall', USD),
      ],
    }),
  ];
}

function stillTable(book: Book, { opened }: SweptBook): ReportTable {
  return tableOf(planCoverage(opened, book).still, {
    name: 'still',
    title: 'What the plan does not move',
    origin: originOf(book, 'planCoverage of libs/sweep'),
    columns: [
      field('symbol', 'Asset'),
      field('collateralUsd', 'Held as collateral', 'USD, at the oracle prices of each venue'),
      field('debtUsd', 'Owed', 'USD, at the oracle prices of each venue'),
      field('asset', 'Address'),
    ],
  });
}
