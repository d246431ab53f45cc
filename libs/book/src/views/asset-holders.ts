import type { Book } from '../book.ts';
import type { AssetRow } from '../rows.ts';
import { legPriceUsd, ownValues } from '../value-account.ts';

/** An account that has an asset as collateral. */
export interface AssetHolder {
  readonly venue: string;
  readonly owner: string;
  /** '' where an owner has one account at the venue, else what names this one. */
  readonly market: string;
  /** Whole units that count as its collateral. */
  readonly amount: number;
  /** At the venue's oracle price. */
  readonly valueUsd: number;
  /** Of what all accounts have of the asset as collateral, by value. */
  readonly share: number;
}

/**
 * The accounts that have an asset as collateral (longs and options held included, supply that is not collateral left out), the
 * largest value first; equal ones in the order of the book. Their values add up to the asset's collateral in `exposures`, but
 * for accounts whose value is zero, which are left out.
 */
export function assetHolders(book: Book, asset: AssetRow): AssetHolder[] {
  const { accounts, legs, venues } = book;
  const values = ownValues(book);
  const found: Omit<AssetHolder, 'share'>[] = [];
  for (let row = 0; row < accounts.count; row++) {
    let [amount, valueUsd] = [0, 0];
    for (let leg = accounts.legStart[row]!; leg < accounts.legStart[row + 1]!; leg++) {
      const isCollateral = legs.side[leg] === 1 && legs.liquidationThreshold[leg]! > 0;
      if (legs.asset[leg] !== asset || !isCollateral) continue;
      amount += legs.amount[leg]!;
      valueUsd += legs.amount[leg]! * legPriceUsd(values, leg);
    }
    const venue = venues[accounts.venue[row]!]!.id;
    if (valueUsd > 0)
      found.push({ venue, owner: accounts.owner[row]!, market: accounts.market[row]!, amount, valueUsd });
  }
  const total = found.reduce((sum, { valueUsd }) => sum + valueUsd, 0);
  return found
    .map((holder) => ({ ...holder, share: holder.valueUsd / total }))
    .sort((a, b) => b.valueUsd - a.valueUsd);
}
