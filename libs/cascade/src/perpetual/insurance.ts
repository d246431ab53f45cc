import { fundRow, type AssetRow, type FundRow, type Margin } from '@undertow/book';
import type { Effect } from '../kernel.ts';
import type { View } from '../state.ts';

/** The insurance fund of an account's venue. */
export interface Insurance {
  /** Undefined when the book has no such fund: losses are then borne by nobody. */
  readonly row: FundRow | undefined;
  readonly asset: AssetRow | undefined;
  readonly amount: number;
}

export function insuranceFund({ book, fundAmount }: View, { account }: Margin): Insurance {
  const row = fundRow(book, account, { kind: 'insurance-fund' });
  if (row === undefined) return { row, asset: undefined, amount: 0 };
  return { row, asset: book.funds[row]!.asset, amount: fundAmount[row]! };
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

/** The fund receives or pays. */
export function moveFund({ row }: Insurance, amount: number): Effect[] {
  return row === undefined || amount === 0 ? [] : [{ kind: 'fund', fund: row, amount }];
}

/** What is left of a position or collateral by float rounding is nothing, USD. */
const DUST_USD = 1e-9;

/** An account with neither positions nor collateral left owes nothing any more: the fund does. */
export function payBadDebt(fund: Insurance, margin: Margin): Effect[] {
  const isOpen = margin.exposures.some(({ size, priceUsd }) => Math.abs(size) * priceUsd > DUST_USD);
  const isBacked = margin.collaterals.some(({ amount, priceUsd }) => amount * priceUsd > DUST_USD);
  const amount = -margin.cash;
  if (isOpen || isBacked || amount <= 0) return [];
  const { row } = fund;
  if (row === undefined) return [{ kind: 'badDebt', asset: margin.quote, amount, borneBy: 'nobody' }];
  return [
    { kind: 'badDebt', asset: margin.quote, amount, borneBy: 'fund', fund: row },
    ...moveCash(margin, amount),
    ...moveFund(fund, -amount),
  ];
}
