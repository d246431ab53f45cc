import type { Book } from '@undertow/book';
import type { ReportTable } from '../content.ts';
import { originOf } from '../made-of.ts';
import { field, tableOf, type Origin } from '../table.ts';
import { comparedAssets, comparedMarkets, comparedVenues } from './compared-places.ts';
import type { Happened } from './happened.ts';
import { marginBefore } from './margin-before.ts';
import type { Replayed } from './replayed.ts';
import { sumOf } from './replayed.ts';
import { timelineOf } from './timeline.ts';

const THEN = 'USD, at the oracle prices of the venue when it happened';
const ROUND = 'USD, at the oracle prices of the round in which it happened';
const FINAL = 'USD, at the final market prices';
const ERROR = 'ratio, 1 = all of it: (predicted − happened) ÷ happened; null = nothing happened';
const MANY = 'a number of them';
const UNITS = 'units of the asset';
const MOST = { accounts: 200, liquidations: 300, flags: 200 } as const;

/** A replay as tables. */
export function incidentTables(book: Book, happened: Happened, replay: Replayed): ReportTable[] {
  const foresaw = originOf(book, 'simulate of libs/cascade, under the moves that came');
  const facts: Origin = {
    at: { chainId: book.chainId, block: happened.to.block },
    source: 'facts of the chain',
  };
  const held: Origin = { ...facts, source: 'the prediction held against facts of the chain' };
  return [
    ...placeTables(book, replay, held),
    timelineTable(book, { happened, replay }, facts),
    pathsTable(replay, facts),
    movesTable(replay, foresaw),
    accountsTable(replay, held),
    marginTable(replay, originOf(book, 'valueAccounts of libs/book, held against what happened')),
    liquidationsTable(replay, facts),
    flagsTable(book, happened, { ...facts, source: 'flags as the indexer kept them' }),
  ];
}

function placeTables(book: Book, replay: Replayed, origin: Origin): ReportTable[] {
  return [
    tableOf(comparedVenues(replay), {
      name: 'comparedVenues',
      title: 'Predicted and happened, by venue',
      origin,
      columns: [
        field('venue', 'Venue'),
        field('predictedAccounts', 'Accounts predicted', MANY),
        field('happenedAccounts', 'Accounts happened', MANY),
        field('matchedAccounts', 'Both', MANY),
        field('predictedRepaidUsd', 'Repaid predicted', ROUND),
        field('happenedRepaidUsd', 'Repaid happened', THEN),
        field('predictedSeizedUsd', 'Taken predicted', `${ROUND}, a protocol’s fee included`),
        field(
          'happenedSeizedUsd',
          'Taken happened',
          `${THEN}, without a protocol’s fee; null = something has no price`,
        ),
        field('seizedError', 'Error', ERROR),
        field('predictedBadDebtUsd', 'Bad debt predicted', FINAL),
        field('happenedBadDebtUsd', 'Bad debt happened', THEN),
      ],
    }),
    tableOf(comparedMarkets(book, replay), {
      name: 'comparedMarkets',
      title: 'Predicted and happened, by market and what is owed in it',
      origin,
      columns: [
        field('venue', 'Venue'),
        field('label', 'Market'),
        field('symbol', 'Owed'),
        field('happenedRepaidUsd', 'Repaid happened', THEN),
        field('liquidations', 'Liquidations', MANY),
        field('predictedBadDebtUsd', 'Bad debt predicted', FINAL),
        field('happenedBadDebtUsd', 'Bad debt happened', THEN),
        field('predictedLossUsd', 'Loss predicted', `${FINAL}: bad debt and shortfall`),
        field('market', 'Market id'),
      ],
      most: 200,
    }),
    tableOf(comparedAssets(replay), {
      name: 'comparedAssets',
      title: 'Collateral taken, predicted and happened, by asset',
      origin,
      columns: [
        field('symbol', 'Asset'),
        field('predicted', 'Predicted', `${UNITS}, a protocol’s fee included`),
        field('happened', 'Happened', `${UNITS}, without a protocol’s fee`),
        field('error', 'Error', ERROR),
        field('asset', 'Address'),
      ],
    }),
  ];
}

function timelineTable(
  book: Book,
  { happened, replay }: { readonly happened: Happened; readonly replay: Replayed },
  origin: Origin,
): ReportTable {
  return tableOf(timelineOf(book, happened, replay), {
    name: 'timeline',
    title: 'What happened when',
    origin,
    columns: [
      field('block', 'Up to block', 'number of the block'),
      field('seconds', 'Seconds after the book', 'number of seconds'),
      field('liquidations', 'Liquidations', MANY),
      field('repaidUsd', 'Repaid', THEN),
      field('repaidSoFarUsd', 'Repaid so far', THEN),
      field('price', 'Price', 'USD per unit of what priceOf names'),
      field('priceOf', 'Of'),
    ],
  });
}

function pathsTable({ paths }: Replayed, origin: Origin): ReportTable {
  return tableOf(paths, {
    name: 'answers',
    title: 'What oracles answered',
    origin,
    columns: [
      field('label', 'Feed'),
      field('before', 'Before', 'the feed’s own unit'),
      field('furthest', 'Furthest', 'the feed’s own unit'),
      {
        name: 'furthestMove',
        label: 'Move',
        unit: 'ratio, 1 = all of it: -0.3 = 30 % down',
        of: ({ furthest, before }) => furthest / before - 1,
      },
      field('block', 'At block', 'number of the block'),
      field('last', 'Last', 'the feed’s own unit'),
      field('answers', 'New answers', MANY),
      field('feed', 'Feed id'),
    ],
  });
}

function movesTable({ predicted: { moves } }: Replayed, origin: Origin): ReportTable {
  return tableOf(
    moves.filter(({ marketMove }) => marketMove !== 0),
    {
      name: 'moves',
      title: 'What the prediction was given',
      origin,
      columns: [field('symbol', 'Asset'), field('asset', 'Address'), field('marketMove', 'Its market')],
    },
  );
}

function accountsTable({ accounts, values }: Replayed, origin: Origin): ReportTable {
  return tableOf(accounts, {
    name: 'accounts',
    title: 'Accounts, predicted and happened, the largest first',
    origin,
    columns: [
      field('venue', 'Venue'),
      field('owner', 'Owner'),
      field('market', 'Market'),
      field('outcome', 'Outcome'),
      {
        name: 'healthBefore',
        label: 'Health before',
        unit: 'ratio, liquidatable below 1; null = not in the book',
        of: ({ row }) => (row === undefined ? null : values.healthFactor[row]),
      },
      {
        name: 'debtBeforeUsd',
        label: 'Debt before',
        unit: 'USD, at the oracle prices of the venue',
        of: ({ row }) => (row === undefined ? null : values.debtUsd[row]),
      },
      {
        name: 'firstRound',
        label: 'Round',
        unit: 'number of the round, from 1',
        of: ({ predicted }) => predicted?.firstRound,
      },
      {
        name: 'predictedRepaidUsd',
        label: 'Repaid predicted',
        unit: ROUND,
        of: ({ predicted }) => predicted?.repaidUsd ?? 0,
      },
      {
        name: 'happenedRepaidUsd',
        label: 'Repaid happened',
        unit: THEN,
        of: ({ events }) => sumOf(events, ({ repaidUsd }) => repaidUsd),
      },
      {
        name: 'firstBlock',
        label: 'First at block',
        unit: 'number of the block',
        of: ({ events }) => events[0]?.block,
      },
      { name: 'transaction', label: 'Its transaction', of: ({ events }) => events[0]?.transaction },
    ],
    most: MOST.accounts,
  });
}

function marginTable(replay: Replayed, origin: Origin): ReportTable {
  return tableOf(marginBefore(replay), {
    name: 'marginBefore',
    title: 'How far from the line accounts stood before, and what came of them',
    origin,
    columns: [
      field('from', 'Health from', 'ratio, liquidatable below 1, included'),
      field('to', 'To', 'ratio, liquidatable below 1, excluded; null = without end'),
      field('accounts', 'Accounts', MANY),
      field('debtUsd', 'Debt', 'USD, at the oracle prices of the venue'),
      field('predicted', 'Liquidated, predicted', MANY),
      field('happened', 'Liquidated, happened', MANY),
    ],
  });
}

function liquidationsTable({ events }: Replayed, origin: Origin): ReportTable {
  return tableOf(
    events.toSorted((a, b) => (b.repaidUsd ?? 0) - (a.repaidUsd ?? 0)),
    {
      name: 'liquidations',
      title: 'Liquidations that happened, the largest first',
      origin,
      columns: [
        field('block', 'Block', 'number of the block'),
        field('venue', 'Venue'),
        field('owner', 'Owner'),
        field('liquidator', 'Liquidator'),
        field('collateralSymbol', 'Collateral'),
        field('seizedUnits', 'Taken', `${UNITS}, without a protocol’s fee`),
        field('seizedUsd', 'Worth', THEN),
        field('debtSymbol', 'Debt'),
        field('repaidUnits', 'Repaid', UNITS),
        field('repaidUsd', 'Worth', THEN),
        field('badDebtUsd', 'Bad debt', THEN),
        field('transaction', 'Transaction'),
      ],
      most: MOST.liquidations,
    },
  );
}

function flagsTable(book: Book, { flags }: Happened, origin: Origin): ReportTable {
  const after = 'seconds after the book; negative = before';
  return tableOf(flags, {
    name: 'flags',
    title: 'Flags of oracles that stood',
    origin,
    columns: [
      field('label', 'Of'),
      field('kind', 'Flag'),
      field('severity', 'Severity'),
      { name: 'raised', label: 'Raised', unit: after, of: ({ raisedAt }) => raisedAt - book.time },
      {
        name: 'ended',
        label: 'Ended',
        unit: `${after}; null = it stood at the end`,
        of: ({ end }) => (end === null ? null : end - book.time),
      },
      field('peak', 'Worst', 'what the flag measures'),
      field('subject', 'Subject'),
    ],
    most: MOST.flags,
  });
}
