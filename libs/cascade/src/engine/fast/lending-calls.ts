import { fundRow, type AccountRow, type AssetRow } from '@undertow/book';
import type { View } from '../../state.ts';
import type { CompiledBook } from './compiled-book.ts';
import {
  COLLATERAL_LEG,
  DEBT_LEG,
  IS_SHORT,
  OFFER_WIDTH,
  REPAID,
  SEIZED,
  type LendingOffers,
} from './lending-offers.ts';

/** Debt that a call leaves without collateral: units of an asset, and whether anybody has taken it over. */
export interface LostDebt {
  readonly account: number;
  readonly asset: number;
  readonly amount: number;
  readonly isLeft: boolean;
}

/** A call on an account: one of its offers, and how much of it. */
export interface LendingCall {
  readonly account: number;
  readonly offers: LendingOffers;
  readonly offer: number;
  readonly size: number;
  /** What is left without collateral is added here. */
  readonly lost: LostDebt[];
}

/** As `applyLiquidations`: amounts and funds after a call. */
export function carryOut(compiled: CompiledBook, view: View, call: LendingCall): void {
  const { amount } = view;
  const { account, offer, size } = call;
  const { numbers, rows } = call.offers;
  const at = OFFER_WIDTH * offer;
  const [debtLeg, collateralLeg] = [rows[at + DEBT_LEG]!, rows[at + COLLATERAL_LEG]!];
  const repaid = numbers[at + REPAID]!;
  const isLast =
    rows[at + IS_SHORT] === 1 && size === 1 && isLastCollateral(compiled, view, { account, collateralLeg });
  const owedBefore = amount[debtLeg]!;
  amount[debtLeg] = Math.max(0, owedBefore - repaid * size);
  amount[collateralLeg] = Math.max(0, amount[collateralLeg]! - numbers[at + SEIZED]! * size);
  if (isLast) writeOff(compiled, view, { call, debtLeg, left: owedBefore - repaid });
}

function isLastCollateral(
  { book, terms, seizesAll }: CompiledBook,
  { amount }: View,
  { account, collateralLeg }: { readonly account: number; readonly collateralLeg: number },
): boolean {
  const { legStart, venue } = book.accounts;
  const countsAll = seizesAll[venue[account]!] === 1;
  for (let leg = legStart[account]!; leg < legStart[account + 1]!; leg++) {
    const row = terms.of[leg]!;
    const counts = terms.threshold[row]! > 0 || countsAll;
    if (terms.isOwed[row] === 0 && leg !== collateralLeg && counts && amount[leg]! > 0) return false;
  }
  return true;
}

/** As `badDebtEffects`. */
function writeOff(
  { book }: CompiledBook,
  { amount, fundAmount }: View,
  of: { readonly call: LendingCall; readonly debtLeg: number; readonly left: number },
): void {
  const { legs, accounts, oracles, venues } = book;
  const { account, lost } = of.call;
  const { rule } = venues[accounts.venue[account]!]!;
  const badDebt = rule?.kernel === 'repay-and-seize' ? rule.badDebt : 'left';
  for (let leg = accounts.legStart[account]!; leg < accounts.legStart[account + 1]!; leg++) {
    if (legs.side[leg] !== -1) continue;
    const owed = leg === of.debtLeg ? of.left : amount[leg]!;
    if (owed <= 0) continue;
    const { asset } = oracles[legs.oracle[leg]!]!;
    lost.push({ account, asset, amount: owed, isLeft: badDebt !== 'socialised' });
    if (badDebt === 'left') continue;
    amount[leg] = Math.max(0, amount[leg]! - owed);
    if (badDebt !== 'deficit') continue;
    const fund = fundRow(book, account as AccountRow, { kind: 'deficit', asset: asset as AssetRow });
    if (fund !== undefined) fundAmount[fund]! -= owed;
  }
}
