import type { Book } from '@undertow/book';

export interface LendingLast {
  readonly book: Book;
  /** By its account: the row in the book that it was made of; undefined = the same. */
  readonly order: Uint32Array | undefined;
}

/**
 * A book with the accounts of lending venues behind all others, each kind in the book's order: of lending venues rounds read records
 * (`LendingRecords`), and of the few others columns, where they should stand side by side in memory.
 */
export function lendingLast(book: Book): LendingLast {
  const { accounts, exact, venues } = book;
  const isLending = venues.map(({ rule }) => rule?.kernel === 'repay-and-seize');
  if (areTogether(book, isLending)) return { book, order: undefined };
  const order = new Uint32Array(accounts.count);
  let placed = 0;
  for (const kind of [false, true])
    for (let row = 0; row < accounts.count; row++)
      if (isLending[accounts.venue[row]!] === kind) order[placed++] = row;
  const legStart = new Uint32Array(accounts.count + 1);
  const legs = new Uint32Array(book.legs.count);
  for (let row = 0, to = 0; row < order.length; row++) {
    const end = accounts.legStart[order[row]! + 1]!;
    for (let leg = accounts.legStart[order[row]!]!; leg < end; leg++) legs[to++] = leg;
    legStart[row + 1] = to;
  }
  const sorted: Book = {
    ...book,
    accounts: {
      count: accounts.count,
      venue: gathered(accounts.venue, order),
      owner: listed(accounts.owner, order),
      market: listed(accounts.market, order),
      legStart,
      stake: gathered(accounts.stake, order),
    },
    legs: {
      count: book.legs.count,
      market: gathered(book.legs.market, legs),
      termsMarket: gathered(book.legs.termsMarket, legs),
      asset: gathered(book.legs.asset, legs),
      oracle: gathered(book.legs.oracle, legs),
      role: gathered(book.legs.role, legs),
      side: gathered(book.legs.side, legs),
      amount: gathered(book.legs.amount, legs),
      liquidationThreshold: gathered(book.legs.liquidationThreshold, legs),
      loanToValue: gathered(book.legs.loanToValue, legs),
      liquidationBonus: gathered(book.legs.liquidationBonus, legs),
      liquidationProtocolFee: gathered(book.legs.liquidationProtocolFee, legs),
      maintenanceMargin: gathered(book.legs.maintenanceMargin, legs),
      instrument: gathered(book.legs.instrument, legs),
    },
    exact: {
      ...exact,
      amount: listed(exact.amount, legs),
      threshold: listed(exact.threshold, legs),
      accountState: listed(exact.accountState, order),
    },
  };
  return { book: sorted, order };
}

/** Whether accounts of each kind stand side by side anyway, as in a book that was made of a ledger: then nothing is copied. */
function areTogether({ accounts, venues }: Book, isLending: readonly boolean[]): boolean {
  let changes = 0;
  for (let row = 1; row < accounts.count; row++)
    if (isLending[accounts.venue[row]!] !== isLending[accounts.venue[row - 1]!]) changes += 1;
  return changes <= venues.length;
}

type Column = Uint8Array | Int8Array | Uint16Array | Uint32Array | Int32Array | Float64Array;

function gathered<T extends Column>(column: T, rows: Uint32Array): T {
  const into = new (column.constructor as new (length: number) => T)(rows.length);
  for (let row = 0; row < rows.length; row++) into[row] = column[rows[row]!]!;
  return into;
}

function listed<T>(column: readonly T[], rows: Uint32Array): T[] {
  const into = new Array<T>(rows.length);
  for (let row = 0; row < rows.length; row++) into[row] = column[rows[row]!]!;
  return into;
}
