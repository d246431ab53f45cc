import type { BookFund, FundRow } from '@undertow/book';
import { imbalance, type Margin } from './margin-account.ts';
import type { Effect, View } from './rule.ts';

/** The insurance fund while one round's accounts are liquidated one after the other. */
export interface Insurance {
  /** Undefined when the book has no such fund: losses are then born by nobody. */
  readonly row: FundRow | undefined;
  amount: number;
}

/** The fund of an account's venue as a round begins. */
export function openInsurance({ book, fundAmount }: View, margin: Margin | undefined): Insurance {
  const venue = margin && book.accounts.venue[margin.account];
  const isOurs = (fund: BookFund) => fund.venue === venue && fund.kind === 'insurance-fund';
  const row = book.funds.findIndex(isOurs);
  return row === -1 ? { row: undefined, amount: 0 } : { row: row as FundRow, amount: fundAmount[row]! };
}

/** Cash of an account on its two legs. */
export function moveCash(margin: Margin, delta: number): Effect[] {
  const before = margin.cash;
  margin.cash += delta;
  const change = (leg: Margin['cashIn'], amount: number): Effect[] =>
    amount === 0 ? [] : [{ kind: 'leg', leg, delta: amount }];
  return [
    ...change(margin.cashIn, Math.max(margin.cash, 0) - Math.max(before, 0)),
    ...change(margin.cashOut, Math.max(-margin.cash, 0) - Math.max(-before, 0)),
  ];
}

/** The fund receives or pays; who hands it the cash buys it, who gets it sells it. */
export function moveFund({ book }: View, fund: Insurance, amount: number): Effect[] {
  if (fund.row === undefined || amount === 0) return [];
  fund.amount += amount;
  return [{ kind: 'fund', fund: fund.row, amount }, ...imbalance(book.funds[fund.row]!.asset, amount)];
}

/** An account with neither positions nor collateral left owes nothing any more: the fund does. */
export function payBadDebt(view: View, margin: Margin, fund: Insurance): Effect[] {
  const isOpen = margin.exposures.some(({ size, priceUsd }) => Math.abs(size) * priceUsd > DUST_USD);
  const isBacked = margin.collaterals.some(({ amount, priceUsd }) => amount * priceUsd > DUST_USD);
  const amount = -margin.cash;
  if (isOpen || isBacked || amount <= 0) return [];
  const loss = { kind: 'badDebt', asset: margin.quote, amount } as const;
  if (fund.row === undefined) return [{ ...loss, bornBy: 'nobody' }];
  return [
    { ...loss, bornBy: 'fund', fund: fund.row },
    ...moveCash(margin, amount),
    ...imbalance(margin.quote, amount),
    ...moveFund(view, fund, -amount),
  ];
}

/** What is left of a position or collateral by float rounding is nothing, USD. */
const DUST_USD = 1e-9;
