import type { MarketId, VenueId } from '@undertow/market';
import { roleCode, type Book } from '../book.ts';
import type { FeedRow, OracleRow } from '../rows.ts';

/** The oracles of a collateral and of a debt that accounts of one venue hold against each other. */
export interface OraclePair {
  readonly venue: VenueId;
  /** The pair that the accounts are of, and what it is called; '' where one account holds all its collateral against all its debt. */
  readonly market: MarketId;
  readonly label: string;
  readonly collateral: OracleRow;
  readonly debt: OracleRow;
  /** The feeds that the ratio of the two hangs on, by the side that they raise: those of both cancel out. Each has at least one. */
  readonly collateralFeeds: readonly FeedRow[];
  readonly debtFeeds: readonly FeedRow[];
  /** Accounts that have both, and their debt of that asset, USD at the oracle's price. */
  readonly accounts: number;
  readonly debtUsd: number;
}

/**
 * Every pair of a collateral and a debt that accounts have and whose ratio hangs on feeds of both sides, so that the two may be of
 * different times; the one with the most debt first. A pair of which one side never moves, or whose feeds are all the same, has no legs that
 * could update apart.
 */
export function oraclePairs(book: Book): OraclePair[] {
  const { accounts, legs, oracles, venues, markets } = book;
  const found = new Map<string, { -readonly [Name in keyof OraclePair]: OraclePair[Name] }>();
  const sides = new Map<string, readonly [FeedRow[], FeedRow[]]>();
  const sidesOf = (collateral: number, debt: number) => {
    const key = `${collateral} ${debt}`;
    const known = sides.get(key) ?? feedsApart(book, oracles[collateral]!.formula, oracles[debt]!.formula);
    sides.set(key, known);
    return known;
  };
  for (let account = 0; account < accounts.count; account++) {
    const [start, end] = [accounts.legStart[account]!, accounts.legStart[account + 1]!];
    const venue = accounts.venue[account]!;
    const isPair = venues[venue]!.mechanism === 'isolated-pair';
    const market = isPair ? accounts.market[account]! : '';
    for (let held = start; held < end; held++) {
      if (legs.role[held] !== COLLATERAL || legs.amount[held] === 0) continue;
      for (let owed = start; owed < end; owed++) {
        if (legs.role[owed] !== DEBT || legs.amount[owed] === 0) continue;
        const [collateral, debt] = [legs.oracle[held]!, legs.oracle[owed]!];
        const [collateralFeeds, debtFeeds] = sidesOf(collateral, debt);
        if (collateralFeeds.length === 0 || debtFeeds.length === 0) continue;
        const key = `${venue} ${market} ${collateral} ${debt}`;
        const pair = found.get(key) ?? {
          ...{ venue: venues[venue]!.id, market },
          label: (isPair && markets.find((one) => one.venue === venue && one.id === market)?.label) || '',
          ...{ collateral: collateral as OracleRow, debt: debt as OracleRow, collateralFeeds, debtFeeds },
          ...{ accounts: 0, debtUsd: 0 },
        };
        pair.accounts += 1;
        pair.debtUsd += legs.amount[owed]! * oracles[debt]!.priceUsd;
        found.set(key, pair);
      }
    }
  }
  return [...found.values()].sort((a, b) => b.debtUsd - a.debtUsd);
}

const COLLATERAL = roleCode('collateral');
const DEBT = roleCode('debt');

type Formula = Book['oracles'][number]['formula'];

/** The feeds that raise a ratio and those that lower it; what is in both parts of it to the same power is in neither. */
function feedsApart({ feeds }: Book, collateral: Formula, debt: Formula): readonly [FeedRow[], FeedRow[]] {
  const powers = new Map<FeedRow, number>();
  const add = (feed: FeedRow, power: number) => powers.set(feed, (powers.get(feed) ?? 0) + power);
  for (const { feed, power } of collateral.terms) add(feed, power);
  for (const { feed, power } of debt.terms) add(feed, -power);
  const of = (sign: 1 | -1) =>
    [...powers].flatMap(([feed, power]) =>
      power * sign > 0 && feeds[feed]!.policy.kind !== 'fixed' ? [feed] : [],
    );
  return [of(1), of(-1)];
}
