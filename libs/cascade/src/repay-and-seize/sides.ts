import {
  compareText,
  legsOf,
  type AccountRow,
  type AssetRow,
  type LegRow,
  type RepayAndSeizeRule,
} from '@undertow/book';
import type { View } from '../state.ts';

/** One leg of an account that a call may be about. */
export interface Side {
  readonly leg: LegRow;
  readonly asset: AssetRow;
  readonly amount: number;
  /** At the venue's oracle. */
  readonly priceUsd: number;
  readonly valueUsd: number;
}

/** The debts of an account and what of its supply may be seized, each by value, largest first. */
export interface Sides {
  readonly debt: readonly Side[];
  readonly collateral: readonly Side[];
  /** Some collateral would count, but its market lets nobody take it now. */
  readonly isPaused: boolean;
}

/** Collateral without a bonus cannot be taken: its market is paused, or was never meant to be collateral. */
export function sidesOf(view: View, account: AccountRow, rule: RepayAndSeizeRule): Sides {
  const { book, amount } = view;
  const { legs } = book;
  const debt: Side[] = [];
  const collateral: Side[] = [];
  let isPaused = false;
  for (const leg of legsOf(book, account)) {
    if (amount[leg]! <= 0) continue;
    const side = sideOf(view, leg);
    const counts = legs.liquidationThreshold[leg]! > 0 || rule.seizesAllSupply;
    if (side.valueUsd < rule.leastSeizedUsd) continue;
    if (legs.side[leg] === -1) debt.push(side);
    else if (!counts) continue;
    else if (legs.liquidationBonus[leg]! > 0) collateral.push(side);
    else isPaused = true;
  }
  // Of equal value the first by name, so that the order of rows decides nothing.
  const byValue = (a: Side, b: Side) =>
    b.valueUsd - a.valueUsd || compareText(book.assets[a.asset]!.address, book.assets[b.asset]!.address);
  return { debt: debt.sort(byValue), collateral: collateral.sort(byValue), isPaused };
}

export function sideOf({ book, amount, oraclePriceUsd }: View, leg: LegRow): Side {
  const { asset, oracle } = book.legs;
  const priceUsd = oraclePriceUsd[oracle[leg]!]!;
  const valueUsd = amount[leg]! * priceUsd;
  return { leg, asset: asset[leg]! as AssetRow, amount: amount[leg]!, priceUsd, valueUsd };
}
