import {
  isDue,
  LEG_ROLES,
  legPriceUsd,
  type AccountRow,
  type BookValues,
  type LegRole,
} from '@undertow/book';
import { optionWorthUsd } from './account-equity.ts';
import { accountName } from './account-name.ts';
import { tieredRequirement, type MarginBracket } from './brackets.ts';

/**
 * What an account has and must have, USD, in the same terms for every mechanism.
 *
 * Whatever a venue compares, it comes to: equity ≥ maintenance, or the account may be liquidated. A **lender's** account holds collateral and
 * owes debt: its equity is the one less the other, its maintenance Σ collateral × (1 − threshold), its initial requirement
 * Σ collateral × (1 − loan-to-value). A **margin account** of perpetuals has cash, other collateral and what its positions have gained: its
 * requirements are shares of its positions' value, and of other collateral what the venue does not count. The **writer of an option** owes what the option
 * is worth, and must have what his venue asks of writers, now as when he wrote it.
 */
export interface AccountMargin {
  readonly account: AccountRow;
  readonly venue: string;
  /** '' where an owner has one account at the venue. */
  readonly market: string;
  /** What people call it: see `accountName`. */
  readonly name: string;
  readonly equityUsd: number;
  readonly maintenanceUsd: number;
  /** What it takes to open the account as it stands, or to borrow or withdraw more. */
  readonly initialUsd: number;
  /** Maintenance ÷ equity: at 1 the account is at its line; undefined where there is no equity left. */
  readonly marginRatio: number | undefined;
  /** As the venue's contract decides at these prices; with brackets of another table that is the venue's own decision all the same. */
  readonly isDue: boolean;
  /** Supplied, and neither seizable nor counted by the venue. */
  readonly uncountedUsd: number;
  /** Of accounts that hold collateral against debt alone; undefined of others. */
  readonly lending: LendingMargin | undefined;
}

/** The same of a lender's account as collateral that its debt asks for. */
export interface LendingMargin {
  readonly collateralUsd: number;
  readonly debtUsd: number;
  /** Debt ÷ the loan-to-value of its collateral, weighted by value; undefined where none of it may be borrowed against. */
  readonly initialCollateralUsd: number | undefined;
  /** Debt ÷ the threshold of its collateral, weighted by value; undefined without collateral. */
  readonly maintenanceCollateralUsd: number | undefined;
}

/** A table of margins by size for positions of a market; undefined = the venue's own shares. */
export type BracketsOf = (position: {
  readonly venue: string;
  readonly market: string;
}) => readonly MarginBracket[] | undefined;

interface Sums {
  equityUsd: number;
  maintenanceUsd: number;
  initialUsd: number;
  uncountedUsd: number;
  collateralUsd: number;
  weightedUsd: number;
  borrowableUsd: number;
  debtUsd: number;
  isLending: boolean;
}

/** The margin of one account at given prices, `ownValues` for those of its venue now. */
export function accountMargin(
  values: BookValues,
  account: AccountRow,
  bracketsOf: BracketsOf = () => undefined,
): AccountMargin {
  const { accounts, venues, legs } = values.book;
  const venue = venues[accounts.venue[account]!]!;
  const sums: Sums = {
    equityUsd: 0,
    maintenanceUsd: 0,
    initialUsd: 0,
    uncountedUsd: 0,
    collateralUsd: 0,
    weightedUsd: 0,
    borrowableUsd: 0,
    debtUsd: 0,
    isLending: true,
  };
  for (let leg = accounts.legStart[account]!; leg < accounts.legStart[account + 1]!; leg++) {
    const role = LEG_ROLES[legs.role[leg]!]!;
    if (role === 'option') addOption(values, leg, sums);
    else if (role === 'base') addPosition(values, leg, { sums, bracketsOf });
    else addHolding(values, leg, { role, sums });
  }
  const { rule } = venue;
  if (rule?.kernel === 'repay-and-seize' && rule.floorsAverageThreshold && sums.collateralUsd > 0) {
    // As `valueAccount` does: the average is floored to whole basis points.
    const average = Math.floor((sums.weightedUsd / sums.collateralUsd) * 10_000 + 1e-9) / 10_000;
    sums.maintenanceUsd += sums.weightedUsd - average * sums.collateralUsd;
    sums.weightedUsd = average * sums.collateralUsd;
  }
  // What a writer must have when he writes an option is what he must have later.
  const initialUsd = rule?.kernel === 'buy-back' ? sums.maintenanceUsd : sums.initialUsd;
  return {
    account,
    venue: venue.id,
    market: accounts.market[account]!,
    name: accountName(values.book, account),
    equityUsd: sums.equityUsd,
    maintenanceUsd: sums.maintenanceUsd,
    initialUsd,
    marginRatio: sums.equityUsd > 0 ? sums.maintenanceUsd / sums.equityUsd : undefined,
    isDue: isDue(values, account),
    uncountedUsd: sums.uncountedUsd,
    lending: sums.isLending ? lendingMargin(sums) : undefined,
  };
}

function addHolding(
  values: BookValues,
  leg: number,
  { role, sums }: { readonly role: LegRole; readonly sums: Sums },
): void {
  const { legs } = values.book;
  const valueUsd = values.amount[leg]! * legPriceUsd(values, leg);
  const threshold = legs.liquidationThreshold[leg]!;
  if (role === 'cash' || role === 'notional') sums.isLending = false;
  if (legs.side[leg] === -1) {
    sums.equityUsd -= valueUsd;
    sums.debtUsd += valueUsd;
  } else if (threshold === 0) sums.uncountedUsd += valueUsd;
  else {
    const share = role === 'collateral' ? legs.loanToValue[leg]! : threshold;
    sums.equityUsd += valueUsd;
    sums.collateralUsd += valueUsd;
    sums.weightedUsd += valueUsd * threshold;
    sums.borrowableUsd += valueUsd * share;
    sums.maintenanceUsd += valueUsd * (1 - threshold);
    sums.initialUsd += valueUsd * (1 - share);
  }
}

/** A perpetual position: worth its value on one side, against its notional on the other. */
function addPosition(
  values: BookValues,
  leg: number,
  { sums, bracketsOf }: { readonly sums: Sums; readonly bracketsOf: BracketsOf },
): void {
  const { legs, markets, venues } = values.book;
  const { venue, id } = markets[legs.market[leg]!]!;
  const { rule, id: venueId } = venues[venue]!;
  const valueUsd = values.amount[leg]! * legPriceUsd(values, leg);
  const isLong = legs.side[leg] === 1;
  sums.isLending = false;
  sums.equityUsd += isLong ? valueUsd : -valueUsd;
  const brackets = bracketsOf({ venue: venueId, market: id });
  const share = isLong ? 1 - legs.liquidationThreshold[leg]! : legs.maintenanceMargin[leg]!;
  const { initialUsd, maintenanceUsd } = brackets
    ? tieredRequirement(valueUsd, brackets)
    : {
        initialUsd: valueUsd * (rule?.kernel === 'close-position' ? rule.initialMargin : share),
        maintenanceUsd: valueUsd * share,
      };
  sums.initialUsd += initialUsd;
  sums.maintenanceUsd += maintenanceUsd;
}

function addOption(values: BookValues, leg: number, sums: Sums): void {
  const { legs } = values.book;
  const amount = values.amount[leg]!;
  const asked = amount * legPriceUsd(values, leg);
  sums.isLending = false;
  if (legs.side[leg] === 1) {
    sums.equityUsd += asked;
    sums.maintenanceUsd += asked * (1 - legs.liquidationThreshold[leg]!);
    return;
  }
  const worth = amount * optionWorthUsd(values, leg);
  sums.equityUsd -= worth;
  sums.maintenanceUsd += asked - worth;
}

const lendingMargin = ({ collateralUsd, weightedUsd, borrowableUsd, debtUsd }: Sums): LendingMargin => ({
  collateralUsd,
  debtUsd,
  initialCollateralUsd: borrowableUsd > 0 ? (debtUsd * collateralUsd) / borrowableUsd : undefined,
  maintenanceCollateralUsd: weightedUsd > 0 ? (debtUsd * collateralUsd) / weightedUsd : undefined,
});
