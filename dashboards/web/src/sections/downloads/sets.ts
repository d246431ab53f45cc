import { termField } from '../terms/overrides.ts';
import type { DataColumn, Origin } from '../../export/exportable.ts';
import type { Unit, Value } from '../../table/unit.ts';
import { unitOfMeasure } from '../history/unit-of-measure.ts';
import {
  loadAllAccounts,
  loadAllLegs,
  loadAllLiquidations,
  loadAllMarkets,
  loadAllVenues,
  loadHistory,
  loadMeasures,
  type At,
  type Paged,
} from './load.ts';

/** Some rows of a set, as they come. */
export interface Part {
  readonly rows: readonly (readonly Value[])[];
  /** How much of the set is here with it, in what `of` counts. */
  readonly done: number;
  readonly total: number;
  readonly origin: Origin;
}

/** What can be loaded down whole. */
export interface DataSet {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  /** What progress counts. */
  readonly of: string;
  readonly columns: readonly DataColumn[];
  parts(block: number | undefined, signal: AbortSignal): AsyncGenerator<Part>;
}

/** What measures are in: each unit has its columns, whatever was measured. */
const MEASURED_IN: readonly Unit[] = ['USD', 'ratio', 'move', 'count'];

const column = (name: string, unit?: Unit): DataColumn => ({ name, unit });

export const DATA_SETS: readonly DataSet[] = [
  {
    ...{ id: 'accounts', title: 'Accounts', of: 'accounts' },
    about: 'Every account with debt, riskiest first: health factor, collateral and debt.',
    columns: [
      ...[column('Venue id'), column('Owner'), column('Market'), column('Market label')],
      ...[column('Health factor', 'health'), column('Collateral', 'USD'), column('Debt', 'USD')],
    ],
    parts: paged(loadAllAccounts, (one) => [
      [one.venue, one.owner, one.market, one.label, one.healthFactor, one.collateralUsd, one.debtUsd],
    ]),
  },
  {
    ...{ id: 'legs', title: 'Legs', of: 'accounts' },
    about: 'What each of these accounts holds and owes, a row for each leg: the positions of the book.',
    columns: [
      ...[column('Venue id'), column('Owner'), column('Account market'), column('Market'), column('Kind')],
      ...[column('Asset'), column('Asset id'), column('Instrument'), column('Amount', 'units')],
      ...[column('Price', 'USD'), column('Value', 'USD'), column('Liquidation threshold', 'ratio')],
      ...[column('Maintenance margin', 'ratio'), column('Fixed price')],
    ],
    parts: paged(loadAllLegs, ({ venue, owner, market, legs }) =>
      legs.map((leg) => [
        ...[venue, owner, market, leg.market, leg.kind, leg.asset.symbol, leg.asset.address],
        ...[leg.instrument, leg.amount, leg.priceUsd, leg.valueUsd, leg.liquidationThreshold],
        ...[leg.maintenanceMargin, leg.isFixed ? 'yes' : 'no'],
      ]),
    ),
  },
  {
    ...{ id: 'markets', title: 'Markets', of: 'markets' },
    about: 'Every watched market with its collateral and debt.',
    columns: [
      ...[column('Venue id'), column('Market id'), column('Label'), column('Name')],
      ...[column('Collateral', 'USD'), column('Debt', 'USD')],
    ],
    parts: paged(loadAllMarkets, ({ venue, id, label, name, collateralUsd, debtUsd }) => [
      [venue, id, label, name, collateralUsd, debtUsd],
    ]),
  },
  {
    ...{ id: 'terms', title: 'Terms', of: 'markets' },
    about:
      'The terms of every market, a row for each: what a what-if may change. Empty where there is no cap.',
    columns: [
      ...[column('Venue id'), column('Market id'), column('Name'), column('Term')],
      ...[column('Ratio', 'ratio'), column('Units of the asset', 'units')],
    ],
    parts: paged(loadAllMarkets, ({ venue, id, name, terms }) =>
      terms.map(({ field, value }) => {
        const isRatio = termField(field).unit === 'percent';
        return [venue, id, name, field, isRatio ? value : null, isRatio ? null : value];
      }),
    ),
  },
  {
    ...{ id: 'venues', title: 'Venues', of: 'venues' },
    about: 'Every watched venue: how it liquidates, what its accounts have, how many are left out.',
    columns: [
      ...[column('Venue id'), column('Protocol'), column('Release'), column('Mechanism')],
      ...[column('Accounts', 'count'), column('Due', 'count'), column('Left out', 'count')],
      ...[column('Collateral', 'USD'), column('Largest account', 'USD'), column('Debt', 'USD')],
    ],
    parts: paged(loadAllVenues, (one) => [
      [
        ...[one.id, one.protocol, one.version, one.mechanism, one.accounts, one.due, one.leftOut],
        ...[one.collateralUsd, one.largestCollateralUsd, one.debtUsd],
      ],
    ]),
  },
  {
    ...{ id: 'liquidations', title: 'Liquidations', of: 'liquidations' },
    about:
      'Every liquidation seen on chain up to the block, newest first, valued at the oracle prices of its block.',
    columns: [
      ...[column('Venue id'), column('Market'), column('At block', 'count'), column('Log index', 'count')],
      column('Transaction'),
      ...[column('Time', 'time'), column('Owner'), column('Liquidator')],
      ...[column('Collateral'), column('Collateral id'), column('Debt'), column('Debt id')],
      ...[column('Seized', 'units'), column('Repaid', 'units'), column('Bad debt', 'units')],
      ...[column('Seized', 'USD'), column('Repaid', 'USD'), column('Bad debt', 'USD')],
    ],
    parts: paged(loadAllLiquidations, (one) => [
      [
        ...[
          one.venue,
          one.market,
          one.block,
          one.logIndex,
          one.transaction,
          one.time,
          one.owner,
          one.liquidator,
        ],
        ...[one.collateral.symbol, one.collateral.address, one.debt.symbol, one.debt.address],
        ...[one.seized, one.repaid, one.badDebt, one.seizedUsd, one.repaidUsd, one.badDebtUsd],
      ],
    ]),
  },
  {
    ...{ id: 'measures', title: 'Measures', of: 'measures' },
    about:
      'All that was measured over time, by the hour: the values of a measure are in the columns of its unit.',
    columns: [
      ...[column('Measure'), column('Subject'), column('Time', 'time')],
      ...['Value', 'Least', 'Greatest'].flatMap((name) =>
        MEASURED_IN.map((unit) => column(unit === 'count' ? `${name} count` : name, unit)),
      ),
      column('Blocks', 'count'),
    ],
    parts: (_block, signal) => measureParts(signal),
  },
];

/** A list page by page, all at the block of the first. */
function paged<Node>(
  load: (at: At, signal: AbortSignal) => Promise<Paged<Node>>,
  rowsOf: (node: Node) => readonly (readonly Value[])[],
): DataSet['parts'] {
  return async function* parts(block, signal) {
    let done = 0;
    let after: string | null = null;
    do {
      const page: Paged<Node> = await load({ after, block: after === null ? (block ?? null) : null }, signal);
      const { head, bookHash, nodes, totalCount = nodes.length, pageInfo } = page;
      done += nodes.length;
      const origin = { block: head.block, hash: head.hash, bookHash };
      yield { rows: nodes.flatMap(rowsOf), done, total: totalCount, origin };
      after = pageInfo?.hasNextPage === true ? pageInfo.endCursor : null;
    } while (after !== null);
  };
}

/** What is measured has no block of its own: each point says its time. */
const NO_BLOCK: Origin = { block: undefined, hash: undefined, bookHash: undefined };

async function* measureParts(signal: AbortSignal): AsyncGenerator<Part> {
  const measures = (await loadMeasures(signal)) ?? [];
  for (const [i, { name, subject }] of measures.entries()) {
    const unitOfAll = unitOfMeasure({ measure: name });
    const inUnit = (value: number) => MEASURED_IN.map((unit) => (unit === unitOfAll ? value : undefined));
    const rows: (readonly Value[])[] = [];
    let from: number | null = null;
    do {
      const line: Awaited<ReturnType<typeof loadHistory>> = await loadHistory(
        { measure: name, subject, from },
        signal,
      );
      for (const { time, value, least, greatest, blocks } of line?.points ?? [])
        rows.push([name, subject, time, ...[value, least, greatest].flatMap(inUnit), blocks]);
      from = line?.next ?? null;
    } while (from !== null);
    yield { rows, done: i + 1, total: measures.length, origin: NO_BLOCK };
  }
}
