import type { Book } from '@undertow/book';
import { STUCK_WORDS, type AssetPath, type CascadeResult, type Contagion } from '@undertow/cascade';
import type { ReportTable } from '../content.ts';
import { originOf } from '../made-of.ts';
import { field, tableOf, type Origin } from '../table.ts';

/** Accounts that are listed; the others are in the sums. */
const MOST_ACCOUNTS = 100;
const MOVE = 'ratio, 1 = all of it: -0.3 = 30 % down';
const ROUND = 'number of the round, from 1';

/** A result as tables, the sums of which are its figures. */
export function scenarioTables(book: Book, result: CascadeResult): ReportTable[] {
  const origin = originOf(book, 'simulate of libs/cascade');
  return [
    movesTable(result, origin),
    ...roundTables(result, origin),
    ...placeTables(result, origin),
    ...bearerTables(result, origin),
    ...contagionTables(result, origin),
    accountsTable(result, origin),
  ];
}

function movesTable({ moves }: CascadeResult, origin: Origin): ReportTable {
  const moved = moves.filter(
    ({ marketMove, oracleMoves }) => marketMove !== 0 || oracleMoves.some((move) => move !== 0),
  );
  return tableOf(moved, {
    name: 'moves',
    title: 'What the scenario moves, before anybody reacts',
    origin,
    columns: [
      field('symbol', 'Asset'),
      field('asset', 'Address'),
      field('marketMove', 'Its market'),
      {
        name: 'leastOracleMove',
        label: 'Its oracles: least move',
        unit: MOVE,
        of: ({ oracleMoves }) => (oracleMoves.length === 0 ? null : Math.min(...oracleMoves)),
      },
      {
        name: 'greatestOracleMove',
        label: 'greatest move',
        unit: MOVE,
        of: ({ oracleMoves }) => (oracleMoves.length === 0 ? null : Math.max(...oracleMoves)),
      },
    ],
  });
}

function roundTables({ rounds, moves, byAsset }: CascadeResult, origin: Origin): ReportTable[] {
  const byVenue = rounds.flatMap(({ index, byVenue: venues }) =>
    venues.filter(({ liquidatedUsd }) => liquidatedUsd !== 0).map((one) => ({ ...one, index })),
  );
  return [
    tableOf(rounds, {
      name: 'rounds',
      title: 'Rounds',
      origin,
      columns: [
        field('index', 'Round'),
        field('calls', 'Calls'),
        field('accounts', 'Accounts'),
        field('liquidatedUsd', 'Liquidated'),
        field('repaidUsd', 'Repaid'),
        field('badDebtUsd', 'Bad debt'),
      ],
    }),
    tableOf(byVenue, {
      name: 'roundVenues',
      title: 'Rounds by venue',
      origin,
      columns: [
        field('index', 'Round'),
        field('venue', 'Venue'),
        field('accounts', 'Accounts'),
        field('liquidatedUsd', 'Liquidated'),
        field('repaidUsd', 'Repaid'),
        field('badDebtUsd', 'Bad debt'),
      ],
    }),
    tableOf(pricesByRound(rounds, { moves, byAsset }), {
      name: 'roundPrices',
      title: 'Market prices by round, where they are others than in the round before',
      origin,
      columns: [
        {
          name: 'round',
          label: 'Round',
          unit: `${ROUND}; 0 = right after the shock`,
          of: ({ round }) => round,
        },
        field('symbol', 'Asset'),
        field('asset', 'Address'),
        {
          name: 'fromBefore',
          label: 'Move from before the shock',
          unit: MOVE,
          of: ({ fromBefore }) => fromBefore,
        },
      ],
    }),
  ];
}

interface PriceAtRound {
  readonly round: number;
  readonly symbol: string;
  readonly asset: string;
  readonly fromBefore: number;
}

/** Where every market stood at the end of each round, against before the shock. */
function pricesByRound(
  rounds: CascadeResult['rounds'],
  { moves, byAsset }: Pick<CascadeResult, 'moves' | 'byAsset'>,
): PriceAtRound[] {
  const before = new Map(byAsset.map(({ asset, oracleBeforeUsd }) => [asset, oracleBeforeUsd]));
  const last = new Map<string, number>();
  const found: PriceAtRound[] = [];
  const tell = (
    round: number,
    { symbol, asset }: Pick<AssetPath, 'symbol' | 'asset'>,
    fromBefore: number,
  ) => {
    if (!Number.isFinite(fromBefore) || (last.get(asset) ?? 0) === fromBefore) return;
    last.set(asset, fromBefore);
    found.push({ round, symbol, asset, fromBefore });
  };
  for (const move of moves) tell(0, move, move.marketMove);
  for (const { index, assets } of rounds)
    for (const path of assets) tell(index, path, path.marketAfterUsd / before.get(path.asset)! - 1);
  return found;
}

function placeTables({ byVenue, byMarket, byAsset }: CascadeResult, origin: Origin): ReportTable[] {
  return [
    tableOf(byVenue, {
      name: 'venues',
      title: 'By venue',
      origin,
      columns: [
        field('venue', 'Venue'),
        field('lossUsd', 'Loss'),
        field('badDebtUsd', 'Bad debt'),
        field('shortfallUsd', 'Shortfall'),
        field('stuckUsd', 'Due and stuck'),
        field('accounts', 'Accounts'),
        field('liquidatedUsd', 'Liquidated'),
        field('repaidUsd', 'Repaid'),
      ],
    }),
    tableOf(byMarket, {
      name: 'markets',
      title: 'By market and what is owed in it',
      origin,
      columns: [
        field('venue', 'Venue'),
        field('label', 'Market'),
        field('symbol', 'Owed'),
        field('lossUsd', 'Loss'),
        field('badDebtUsd', 'Bad debt'),
        field('shortfallUsd', 'Shortfall'),
        field('market', 'Market id'),
      ],
      most: 200,
    }),
    tableOf(byAsset, {
      name: 'assets',
      title: 'By asset: prices and what was traded',
      origin,
      columns: [
        field('symbol', 'Asset'),
        field('oracleBeforeUsd', 'Oracle before'),
        field('oracleAfterUsd', 'Oracle after'),
        field('marketBeforeUsd', 'Market before'),
        field('marketAfterUsd', 'Market after'),
        field('seized', 'Seized'),
        field('sold', 'Sold'),
        field('bought', 'Bought'),
        field('exchanged', 'Redeemed'),
        field('unsold', 'Unsold'),
        field('unbought', 'Unbought'),
        field('asset', 'Address'),
      ],
    }),
  ];
}

function bearerTables({ waterfall, funds, stuck, lots }: CascadeResult, origin: Origin): ReportTable[] {
  return [
    tableOf(waterfall, {
      name: 'waterfall',
      title: 'Who bears the losses',
      origin,
      columns: [
        field('venue', 'Venue'),
        field('lossUsd', 'Loss'),
        field('fundUsd', 'Borne by funds'),
        field('socialisedUsd', 'Taken off others'),
        field('leftUsd', 'Left, covered by nobody'),
        field('openUsd', 'Not realised: open accounts'),
      ],
    }),
    tableOf(stuck, {
      name: 'stuck',
      title: 'Due, and nobody liquidates it',
      origin,
      columns: [
        field('venue', 'Venue'),
        { name: 'reason', label: 'Because', of: ({ reason }) => STUCK_WORDS[reason] },
        field('accounts', 'Accounts'),
        field('debtUsd', 'Debt'),
      ],
    }),
    tableOf(funds, {
      name: 'funds',
      title: 'Shared funds',
      origin,
      columns: [
        field('venue', 'Venue'),
        field('fund', 'Fund'),
        field('symbol', 'Asset'),
        field('before', 'Before'),
        field('after', 'After'),
        field('paidUsd', 'Paid'),
        field('receivedUsd', 'Received'),
        field('lossUsd', 'Loss'),
      ],
    }),
    tableOf(lots, {
      name: 'lots',
      title: 'Collateral that is taken and not sold',
      origin,
      columns: [
        field('venue', 'Venue'),
        field('symbol', 'Asset'),
        field('holder', 'Held by'),
        field('amount', 'Amount'),
        field('valueUsd', 'Value'),
      ],
    }),
  ];
}

/** Who hurt whom through what, without rows of nothing. */
function contagionTables({ contagion, flows }: CascadeResult, origin: Origin): ReportTable[] {
  return [
    tableOf<Contagion>(
      contagion
        .filter(({ liquidatedUsd, badDebtUsd }) => liquidatedUsd !== 0 || badDebtUsd !== 0)
        .toSorted((a, b) => b.liquidatedUsd - a.liquidatedUsd),
      {
        name: 'contagion',
        title: 'Who hurts whom: liquidations by what moved the prices that caused them',
        origin,
        columns: [
          field('cause', 'Because of'),
          field('symbol', 'Through'),
          field('venue', 'Liquidated at'),
          field('liquidatedUsd', 'Liquidated'),
          field('badDebtUsd', 'Bad debt'),
        ],
      },
    ),
    tableOf(flows, {
      name: 'flows',
      title: 'What liquidations brought to markets',
      origin,
      columns: [
        field('venue', 'Venue'),
        field('symbol', 'Asset'),
        field('soldUsd', 'Sold'),
        field('boughtUsd', 'Bought'),
      ],
    }),
  ];
}

function accountsTable({ byAccount }: CascadeResult, origin: Origin): ReportTable {
  return tableOf(byAccount, {
    name: 'accounts',
    title: 'Accounts hit, the largest first',
    origin,
    columns: [
      field('venue', 'Venue'),
      field('owner', 'Owner'),
      field('market', 'Market'),
      field('firstRound', 'First liquidated'),
      field('liquidatedUsd', 'Liquidated'),
      field('repaidUsd', 'Repaid'),
      field('lossUsd', 'Loss'),
      { name: 'stuck', label: 'Stuck because', of: ({ stuck }) => stuck && STUCK_WORDS[stuck] },
    ],
    most: MOST_ACCOUNTS,
  });
}
