import type { Book } from '@undertow/book';
import { DEFAULT_RULES, flagReason } from '@undertow/lag';
import type { ReportTable } from '../content.ts';
import { originOf } from '../made-of.ts';
import { field, tableOf } from '../table.ts';
import type { MeasuredState } from './measured-state.ts';
import { ownerTables } from './owner-tables.ts';

const USD = 'USD, at the oracle prices of each venue';
const FINAL_USD = 'USD, at the final market prices';
const RATIO = 'ratio';
const MANY = 'a number of them';

/** A state of risk as tables. */
export const stateTables = (book: Book, state: MeasuredState): ReportTable[] => [
  venuesTable(book, state),
  fundsTable(book, state),
  heatmapTable(book, state),
  ...systemicTables(book, state),
  flagsTable(book, state),
  ...ownerTables(book, state),
  exposureTable(book, state),
  oraclesTable(book, state),
];

function venuesTable(book: Book, { venues }: MeasuredState): ReportTable {
  return tableOf(venues, {
    name: 'venues',
    title: 'Venues',
    origin: originOf(book, 'venueSummaries of libs/book'),
    columns: [
      { name: 'venue', label: 'Venue', of: ({ id }) => id },
      field('mechanism', 'Mechanism'),
      field('accounts', 'Accounts'),
      field('due', 'Due now', MANY),
      field('collateralUsd', 'Collateral', USD),
      field('debtUsd', 'Debt', USD),
      field('largestCollateralUsd', 'Collateral of the largest account', USD),
      field('leftOut', 'Accounts left out', MANY),
    ],
  });
}

function fundsTable(book: Book, { venues }: MeasuredState): ReportTable {
  return tableOf(
    venues.flatMap(({ id, funds }) => funds.map((fund) => ({ ...fund, venue: id as string }))),
    {
      name: 'funds',
      title: 'Funds',
      origin: originOf(book, 'venueSummaries of libs/book'),
      columns: [
        field('venue', 'Venue'),
        { name: 'fund', label: 'Fund', of: ({ kind }) => kind },
        field('symbol', 'Asset'),
        field('amount', 'Amount', 'units of the asset; negative = it owes'),
        field('valueUsd', 'Value', USD),
      ],
    },
  );
}

function heatmapTable(book: Book, { rows }: MeasuredState): ReportTable {
  const cells = rows.flatMap(({ name, symbol, tiedTo, priceUsd, cells: own }) =>
    own.map((cell) => ({ ...cell, name, symbol, tiedTo, priceUsd })),
  );
  return tableOf(cells, {
    name: 'heatmap',
    title: 'What a move of one price would cost',
    origin: originOf(book, 'heatmap of libs/cascade, the fast engine'),
    columns: [
      { name: 'what', label: 'What moves', of: ({ name }) => name },
      field('symbol', 'Symbol'),
      field('tiedTo', 'Tied to'),
      field('priceUsd', 'Price now', 'USD per unit'),
      field('move', 'Move'),
      field('lossUsd', 'Loss', FINAL_USD),
      field('badDebtUsd', 'Bad debt', FINAL_USD),
      field('shortfallUsd', 'Shortfall', FINAL_USD),
      field('lossAtSaleUsd', 'Loss if all had to be sold'),
      field('stuckUsd', 'Due and stuck'),
      field('liquidatedUsd', 'Liquidated'),
      field('accounts', 'Accounts'),
      field('rounds', 'Rounds', MANY),
      field('amplification', 'Amplification'),
      field('finalMove', 'Price at the end', 'ratio: market price at the end ÷ price before the move − 1'),
      field('converged', 'Came to rest', 'yes or no'),
    ],
  });
}

function systemicTables(
  book: Book,
  { reproduction, worst, coverTwo, crossVenue }: MeasuredState,
): ReportTable[] {
  const origin = originOf(book, 'wholeReproduction of libs/sweep');
  const tail = originOf(book, 'tailScenario of libs/sweep, over the worst move of each row of the heatmap');
  const shares = crossVenue.causes.flatMap((cause, row) =>
    crossVenue.venues.map((venue, column) => ({
      cause,
      venue,
      share: crossVenue.shares[row]![column]!,
      liquidatedUsd: crossVenue.liquidatedUsd[column]! * crossVenue.shares[row]![column]!,
    })),
  );
  return [
    tableOf(reproduction, {
      name: 'reproduction',
      title: 'How strongly a fall of all prices feeds itself',
      origin,
      columns: [
        field('drop', 'Fall of all prices', RATIO),
        field('reproduction', 'Reproduction number', 'a number; from 1 on selling feeds itself'),
        { name: 'leftOut', label: 'Without a market there', of: ({ leftOut }) => leftOut.join(', ') },
      ],
    }),
    tableOf(coverTwo, {
      name: 'coverTwo',
      title: 'Cover-2: would funds bear the two owners who leave most',
      origin: tail,
      columns: [
        field('venue', 'Venue'),
        { name: 'what', label: 'In the move', of: ({ index }) => worst[index]!.name },
        { name: 'move', label: 'By', of: ({ index }) => worst[index]!.cell.move },
        { name: 'owners', label: 'Owners', of: ({ owners }) => owners.map(({ owner }) => owner).join(', ') },
        field('lossUsd', 'They leave', FINAL_USD),
        field('fundUsd', 'Funds now', USD),
        field('isCovered', 'Covered', 'yes or no'),
      ],
    }),
    tableOf(
      shares.filter(({ share }) => share > 0),
      {
        name: 'crossVenue',
        title: 'Whose trades cause liquidations at whom',
        origin: tail,
        columns: [
          field('cause', 'Because of'),
          field('venue', 'Liquidated at'),
          field('share', 'Share of what is liquidated there', RATIO),
          field('liquidatedUsd', 'Liquidated, mean of these moves'),
        ],
      },
    ),
  ];
}

interface Flag {
  readonly severity: string;
  readonly about: string;
  readonly kind: string;
  readonly reason: string;
  readonly atStakeUsd: number | null;
}

/** What is wrong with prices and markets, by the book alone. */
function flagsTable(book: Book, { oracles, unsellable }: MeasuredState): ReportTable {
  const warned = <
    Row extends { readonly warnings: readonly { kind: string; severity: string; value: number }[] },
  >(
    rows: readonly Row[],
    about: (row: Row) => string,
    atStakeUsd: (row: Row) => number | null,
  ): Flag[] =>
    rows.flatMap((row) =>
      row.warnings.map(({ kind, severity, value }) => ({
        severity,
        about: about(row),
        kind,
        reason: flagReason(
          DEFAULT_RULES.find((rule) => rule.kind === kind)!,
          value,
        ),
        atStakeUsd: atStakeUsd(row),
      })),
    );
  const symbolOf = (row: number) => book.assets[row]!.symbol;
  const flags: Flag[] = [
    ...warned(
      oracles.oracles,
      ({ id, asset }) => `oracle ${id} of ${symbolOf(asset)}`,
      ({ pricedUsd }) => pricedUsd,
    ),
    ...warned(
      oracles.feeds,
      ({ label }) => `feed ${label}`,
      () => null,
    ),
    ...warned(
      oracles.assets,
      ({ asset }) => `oracles of ${symbolOf(asset)}`,
      ({ pricedUsd }) => pricedUsd,
    ),
    ...unsellable.map(({ source, reason, count }) => ({
      severity: 'warning',
      about: source,
      kind: 'no market',
      reason: `${reason} (${count} legs)`,
      atStakeUsd: null,
    })),
  ];
  return tableOf(
    flags.toSorted((a, b) => Number(b.severity === 'critical') - Number(a.severity === 'critical')),
    {
      name: 'flags',
      title: 'Flags',
      origin: originOf(book, 'oracleReport of libs/lag and depthGaps of libs/book, from the book alone'),
      columns: [
        field('severity', 'Severity'),
        field('about', 'About'),
        field('kind', 'Kind'),
        field('reason', 'Why', 'sentences'),
        field('atStakeUsd', 'Priced by it', USD),
      ],
      most: 200,
    },
  );
}

function exposureTable(book: Book, { exposures: { assets, venues } }: MeasuredState): ReportTable {
  const rows = venues.flatMap(({ venue, cells }) =>
    cells.flatMap((cell, i) =>
      cell.collateralUsd === 0 && cell.debtUsd === 0
        ? []
        : [
            {
              ...cell,
              venue,
              symbol: assets[i]!.symbol,
              priceUsd: assets[i]!.priceUsd,
              isFixed: assets[i]!.isFixed,
              tiedTo: assets[i]!.tiedTo?.symbol,
            },
          ],
    ),
  );
  return tableOf(rows, {
    name: 'exposure',
    title: 'What is held and owed, by venue and asset',
    origin: originOf(book, 'exposures of libs/book'),
    columns: [
      field('venue', 'Venue'),
      field('symbol', 'Asset'),
      field('collateralUsd', 'Held as collateral', USD),
      field('debtUsd', 'Owed', USD),
      field('netUsd', 'Net', USD),
      field('priceUsd', 'Price', 'USD per unit'),
      field('isFixed', 'Price is given', 'yes or no; yes = no shock moves it'),
      field('tiedTo', 'Tied to'),
      field('asset', 'Address'),
    ],
  });
}

function oraclesTable(book: Book, { oracles: { oracles } }: MeasuredState): ReportTable {
  return tableOf(oracles, {
    name: 'oracles',
    title: 'Oracles against their markets',
    origin: originOf(book, 'oracleReport of libs/lag, from the book alone'),
    columns: [
      { name: 'symbol', label: 'Asset', of: ({ asset }) => book.assets[asset]!.symbol },
      field('id', 'Oracle'),
      field('priceUsd', 'Oracle', 'USD per unit'),
      field('marketPriceUsd', 'Market', 'USD per unit; null = nobody can say'),
      field('deviation', 'Oracle above market', 'ratio: oracle ÷ market − 1'),
      field('isConstant', 'Constant', 'yes or no'),
      field('pricedUsd', 'Priced by it', USD),
      { name: 'venues', label: 'Venues', of: ({ venues }) => venues.join(', ') },
    ],
    most: 200,
  });
}
