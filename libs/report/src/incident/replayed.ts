import { ownValues, valueAccounts, type AccountValues, type Book } from '@undertow/book';
import {
  simulate,
  type AccountLosses,
  type CascadeResult,
  type Policies,
  type Scenario,
} from '@undertow/cascade';
import type { Happened } from './happened.ts';
import { feedPaths, movesThatCame, type FeedPath } from './moves-that-came.ts';
import { valuedEvents, type ValuedEvent } from './valued-events.ts';

/** A prediction from the book before, beside what happened. */
export interface Replayed {
  readonly paths: readonly FeedPath[];
  readonly scenario: Scenario;
  /** With the depth that the book knows: what is sold moves prices further than they came. */
  readonly predicted: CascadeResult;
  /** At the furthest answers of the whole range, in markets without an end: prices stand where they came and no further. */
  readonly atAnswers: CascadeResult;
  readonly events: readonly ValuedEvent[];
  readonly accounts: readonly ReplayedAccount[];
  readonly values: AccountValues;
}

export interface ReplayedAccount {
  readonly venue: string;
  readonly owner: string;
  readonly market: string;
  /** Row in the book; undefined of one that was not in it. */
  readonly row: number | undefined;
  readonly predicted: AccountLosses | undefined;
  readonly events: readonly ValuedEvent[];
  /** Whether it was predicted to be liquidated, and whether it was. */
  readonly outcome: 'both' | 'predicted only' | 'happened only' | 'not in the book';
}

/** So deep that no sale moves a price by a ten thousandth. */
const ENDLESS_DEPTH = 1e6;

/** Plays the moves that came on the book before, and finds each account in both. */
export function replayed(
  book: Book,
  happened: Happened,
  { policies, movedBy }: { readonly policies: Policies; readonly movedBy: number | null },
): Replayed {
  const paths = feedPaths(book, happened.answers);
  const outside =
    movedBy === null
      ? paths
      : feedPaths(
          book,
          happened.answers.filter(({ block }) => block <= movedBy),
        );
  const scenario = { moves: movesThatCame(book, outside), policies };
  const predicted = simulate(book, scenario);
  const events = valuedEvents(book, happened);
  return {
    paths,
    scenario,
    predicted,
    atAnswers: simulate(book, { moves: movesThatCame(book, paths), policies, depthFactor: ENDLESS_DEPTH }),
    events,
    accounts: accountsOf(book, predicted, events),
    values: valueAccounts(ownValues(book)),
  };
}

function accountsOf(
  book: Book,
  { byAccount }: CascadeResult,
  events: readonly ValuedEvent[],
): ReplayedAccount[] {
  const { accounts, venues } = book;
  const keyOf = (venue: string, owner: string, market: string) => [venue, owner, market].join('\n');
  const rowKey = (row: number) =>
    keyOf(venues[accounts.venue[row]!]!.id, accounts.owner[row]!, accounts.market[row]!);
  const rows = new Map(Array.from({ length: accounts.count }, (_, row) => [rowKey(row), row]));
  const predicted = new Map(
    byAccount
      .filter(({ firstRound }) => firstRound !== undefined)
      .map((one) => [keyOf(one.venue, one.owner, one.market), one]),
  );
  const happened = Map.groupBy(events, (event) =>
    event.account === undefined ? keyOf(event.venue, event.owner, event.market) : rowKey(event.account),
  );
  const keys = [...new Set([...predicted.keys(), ...happened.keys()])];
  return keys
    .map((key): ReplayedAccount => {
      const [venue, owner, market] = key.split('\n') as [string, string, string];
      const [own, row] = [happened.get(key) ?? [], rows.get(key)];
      const isPredicted = predicted.has(key);
      const outcome =
        row === undefined
          ? 'not in the book'
          : own.length === 0
            ? 'predicted only'
            : isPredicted
              ? 'both'
              : 'happened only';
      return { venue, owner, market, row, predicted: predicted.get(key), events: own, outcome };
    })
    .sort((a, b) => sizeOf(b) - sizeOf(a) || (a.owner < b.owner ? -1 : 1));
}

const sizeOf = ({ predicted, events }: ReplayedAccount) =>
  Math.max(
    predicted?.repaidUsd ?? 0,
    sumOf(events, ({ repaidUsd }) => repaidUsd),
  );

/** A sum over what has a price. */
export const sumOf = <Item>(items: readonly Item[], of: (item: Item) => number | undefined): number =>
  items.reduce((sum, item) => sum + (of(item) ?? 0), 0);
