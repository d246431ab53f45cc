import { NearRows } from './near-rows.ts';
import { ownValues, valueAccount, type AccountRow, type Book } from '@undertow/book';

export interface NearBook {
  readonly near: Book;
  /** Where its rows are in the book that it was made of. */
  readonly rows: NearRows;
}

/**
 * A book with the accounts of lending venues first, those with the lowest health factor before others: a run has to do with those near
 * their lines, over and over, and finds them side by side in memory, where the rest is never fetched. All other accounts stay in the
 * book's order, which decides between debt positions of the same risk.
 */
export function nearFirst(book: Book): NearBook {
  const { accounts, exact, venues } = book;
  const values = ownValues(book);
  const rows = Array.from({ length: accounts.count }, (_, row) => row as AccountRow);
  const isLending = (row: AccountRow) => venues[accounts.venue[row]!]!.rule?.kernel === 'repay-and-seize';
  const health = Float64Array.from(rows, (row) => valueAccount(values, row).healthFactor);
  const lending = rows
    .filter(isLending)
    .sort((a, b) => (health[a] === health[b] ? a - b : health[a]! - health[b]!));
  const order = [...lending, ...rows.filter((row) => !isLending(row))];
  const legStart = new Uint32Array(accounts.count + 1);
  const legs: number[] = [];
  for (const [row, from] of order.entries()) {
    for (let leg = accounts.legStart[from]!; leg < accounts.legStart[from + 1]!; leg++) legs.push(leg);
    legStart[row + 1] = legs.length;
  }
  const of = <T>(column: readonly T[], rows: readonly number[]) => rows.map((row) => column[row]!);
  const near: Book = {
    ...book,
    accounts: {
      count: accounts.count,
      venue: Uint16Array.from(order, (row) => accounts.venue[row]!),
      owner: of(accounts.owner, order),
      market: of(accounts.market, order),
      legStart,
      stake: Float64Array.from(order, (row) => accounts.stake[row]!),
    },
    legs: sortedLegs(book.legs, legs),
    exact: {
      ...exact,
      amount: of(exact.amount, legs),
      threshold: of(exact.threshold, legs),
      accountState: of(exact.accountState, order),
    },
  };
  return { near, rows: new NearRows({ book, near, order: Uint32Array.from(order) }) };
}

function sortedLegs(legs: Book['legs'], order: readonly number[]): Book['legs'] {
  return {
    count: legs.count,
    market: Uint32Array.from(order, (leg) => legs.market[leg]!),
    termsMarket: Uint32Array.from(order, (leg) => legs.termsMarket[leg]!),
    asset: Uint32Array.from(order, (leg) => legs.asset[leg]!),
    oracle: Uint32Array.from(order, (leg) => legs.oracle[leg]!),
    role: Uint8Array.from(order, (leg) => legs.role[leg]!),
    side: Int8Array.from(order, (leg) => legs.side[leg]!),
    amount: Float64Array.from(order, (leg) => legs.amount[leg]!),
    liquidationThreshold: Float64Array.from(order, (leg) => legs.liquidationThreshold[leg]!),
    loanToValue: Float64Array.from(order, (leg) => legs.loanToValue[leg]!),
    liquidationBonus: Float64Array.from(order, (leg) => legs.liquidationBonus[leg]!),
    liquidationProtocolFee: Float64Array.from(order, (leg) => legs.liquidationProtocolFee[leg]!),
    maintenanceMargin: Float64Array.from(order, (leg) => legs.maintenanceMargin[leg]!),
    instrument: Int32Array.from(order, (leg) => legs.instrument[leg]!),
  };
}
