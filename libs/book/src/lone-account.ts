import type { AccountColumns, Book, LegColumns } from './book.ts';
import { mechanisms } from './mechanisms.ts';
import type { AccountRow, LegRow } from './rows.ts';

/**
 * A book with one account of another and nothing of the others: to try amounts on, thousands of times, at the cost of that account. Its row is 0, its
 * prices and terms are those of the book, and its hash is too, as it is of no use elsewhere.
 */
export function loneAccount(book: Book, account: AccountRow): Book {
  const { accounts, legs, exact } = book;
  const [start, end] = [accounts.legStart[account]!, accounts.legStart[account + 1]!];
  const count = end - start;
  const columns: LegColumns = {
    count,
    market: legs.market.slice(start, end),
    termsMarket: legs.termsMarket.slice(start, end),
    asset: legs.asset.slice(start, end),
    oracle: legs.oracle.slice(start, end),
    role: legs.role.slice(start, end),
    side: legs.side.slice(start, end),
    amount: legs.amount.slice(start, end),
    liquidationThreshold: legs.liquidationThreshold.slice(start, end),
    loanToValue: legs.loanToValue.slice(start, end),
    liquidationBonus: legs.liquidationBonus.slice(start, end),
    liquidationProtocolFee: legs.liquidationProtocolFee.slice(start, end),
    maintenanceMargin: legs.maintenanceMargin.slice(start, end),
    instrument: legs.instrument.slice(start, end),
  };
  const one: AccountColumns = {
    count: 1,
    venue: accounts.venue.slice(account, account + 1),
    owner: [accounts.owner[account]!],
    market: [accounts.market[account]!],
    legStart: Uint32Array.of(0, count),
    stake: accounts.stake.slice(account, account + 1),
  };
  return {
    ...book,
    accounts: one,
    legs: columns,
    exact: {
      ...exact,
      amount: exact.amount.slice(start, end),
      threshold: exact.threshold.slice(start, end),
      accountState: [exact.accountState[account]!],
    },
  };
}

/** A lone account with another amount of one leg, in raw units: what a deposit or a repayment leaves, as the venue would credit it. */
export function withAmount(lone: Book, leg: LegRow, raw: bigint): Book {
  const { legs, exact, assets, venues, accounts } = lone;
  const before = exact.amount[leg]!;
  const amount = legs.amount.slice();
  amount[leg] = Number(raw) / 10 ** assets[legs.asset[leg]!]!.decimals;
  const { depositState } = mechanisms[venues[accounts.venue[0]!]!.mechanism];
  const marketState = exact.marketState[legs.market[leg]!]!;
  const state = exact.accountState[0]!;
  const isHeld = legs.side[leg] === 1;
  const added = depositState && isHeld ? depositState(marketState, raw - before) : 0n;
  return {
    ...lone,
    legs: { ...legs, amount },
    exact: {
      ...exact,
      amount: exact.amount.map((held, row) => (row === leg ? raw : held)),
      accountState:
        added === 0n ? exact.accountState : [state.map((held, row) => (row === leg ? held + added : held))],
    },
  };
}
