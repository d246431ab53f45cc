import { BPS, bpsMulFloor, bpsMulHalfUp, wadDivHalfUp } from '@undertow/units';
import type { PooledRelease } from './release.ts';
import { amountOfShares } from './shares.ts';
import type { CategoryTerms, MemberTerms, ReserveTerms } from '../terms.ts';

/** A reserve at one moment: its terms, its indices brought up to the moment, and its price there. */
export interface PooledReserve extends Pick<
  ReserveTerms,
  | 'reserveId'
  | 'decimals'
  | 'loanToValueBps'
  | 'liquidationThresholdBps'
  | 'liquidationBonusBps'
  | 'liquidationProtocolFeeBps'
  | 'isActive'
  | 'isPaused'
  | 'category'
> {
  /** From `normalizedIncomeRay` and `normalizedDebtRay`. */
  readonly incomeIndexRay: bigint;
  readonly debtIndexRay: bigint;
  /** Base currency per whole unit of the asset, as the venue's oracle answers (8 decimals of USD). */
  readonly price: bigint;
}

/** What one account holds and owes of one reserve. Shares are the protocol's scaled balances. */
export interface PooledPosition {
  readonly reserve: PooledReserve;
  readonly collateralShares: bigint;
  readonly debtShares: bigint;
  /** The owner's switch: the supply counts as collateral. */
  readonly isCollateral: boolean;
  /** The reserve's place in the account's category; undefined = none. Read from release 3.6 on. */
  readonly member?: Pick<MemberTerms, 'isCollateral' | 'isLtvZero'> | undefined;
}

/** The e-mode category that an account chose. */
export interface PooledCategory extends Pick<
  CategoryTerms,
  'loanToValueBps' | 'liquidationThresholdBps' | 'liquidationBonusBps'
> {
  readonly id: number;
  /** Price of the category's own source (release 3.0); undefined or 0 = it has none. */
  readonly price?: bigint | undefined;
}

/** One account of a pooled-lending venue over all its reserves. Positions in any order, one per reserve. */
export interface PooledAccount {
  readonly release: PooledRelease;
  readonly positions: readonly PooledPosition[];
  /** undefined = no e-mode. */
  readonly category: PooledCategory | undefined;
}

/** The protocol's own summary of an account; base currency amounts are raw (8 decimals of USD). */
export interface PooledAccountData {
  readonly collateralBase: bigint;
  readonly debtBase: bigint;
  readonly availableBorrowsBase: bigint;
  /** Averages weighted by value, floored to whole basis points. */
  readonly liquidationThresholdBps: bigint;
  readonly loanToValueBps: bigint;
  /** Liquidatable below 1e18. undefined when the debt is worth nothing (the protocol answers the largest integer). */
  readonly healthFactorWad: bigint | undefined;
}

/**
 * Summary of an account, equal to the protocol's answer to the last unit.
 *
 * Each leg's value is floored (3.6: debt rounded up) to a base unit before it is added. 3.0 multiplies collateral by
 * the *floored average* threshold; 3.6 divides the exact weighted sum. A reserve whose own threshold is 0 counts
 * nothing in 3.0, even in e-mode; in 3.6 it counts towards the collateral.
 *
 * Source: `GenericLogic.calculateUserAccountData` and `calculateAvailableBorrows` of each release, as `Pool.getUserAccountData`
 * returns them.
 */
export function pooledAccountData(account: PooledAccount): PooledAccountData {
  let collateralBase = 0n;
  let debtBase = 0n;
  let thresholdSum = 0n;
  let loanToValueSum = 0n;
  for (const position of account.positions) {
    if (countsAsCollateral(account, position)) {
      const value = collateralValueBase(account, position);
      collateralBase += value;
      thresholdSum += value * thresholdBps(account, position);
      loanToValueSum += value * loanToValueBps(account, position);
    }
    if (position.debtShares > 0n) debtBase += debtValueBase(account, position);
  }
  const liquidationThresholdBps = collateralBase === 0n ? 0n : thresholdSum / collateralBase;
  const averageLoanToValueBps = collateralBase === 0n ? 0n : loanToValueSum / collateralBase;
  return {
    collateralBase,
    debtBase,
    availableBorrowsBase: availableBorrowsBase(
      account.release,
      collateralBase,
      debtBase,
      averageLoanToValueBps,
    ),
    liquidationThresholdBps,
    loanToValueBps: averageLoanToValueBps,
    healthFactorWad: healthFactorWad(account.release, {
      collateralBase,
      debtBase,
      thresholdSum,
      liquidationThresholdBps,
    }),
  };
}

/** Price that counts for a position: in 3.0 a category's own source replaces the price of the reserves in it. */
export function positionPrice(account: PooledAccount, position: PooledPosition): bigint {
  const category = account.category;
  if (account.release === '3.0' && category?.price && position.reserve.category === category.id)
    return category.price;
  return position.reserve.price;
}

/** Whether the account's category replaces the reserve's threshold, bonus and loan-to-value. */
export function isInCategory(account: PooledAccount, position: PooledPosition): boolean {
  if (account.category === undefined) return false;
  return account.release === '3.0'
    ? position.reserve.category === account.category.id
    : position.member?.isCollateral === true;
}

function countsAsCollateral(account: PooledAccount, position: PooledPosition): boolean {
  if (!position.isCollateral) return false;
  return account.release !== '3.0' || position.reserve.liquidationThresholdBps !== 0n;
}

/** Threshold that applies to this account's supply of a reserve, e-mode included. */
function thresholdBps(account: PooledAccount, position: PooledPosition): bigint {
  const category = isInCategory(account, position) ? account.category : undefined;
  return (category ?? position.reserve).liquidationThresholdBps;
}

function loanToValueBps(account: PooledAccount, position: PooledPosition): bigint {
  if (!isInCategory(account, position)) return position.reserve.loanToValueBps;
  const isZero =
    account.release === '3.0' ? position.reserve.loanToValueBps === 0n : position.member?.isLtvZero;
  return isZero ? 0n : (account.category?.loanToValueBps ?? 0n);
}

/** Base currency value of what an account supplied of a reserve, floored. */
export function collateralValueBase(account: PooledAccount, position: PooledPosition): bigint {
  const { reserve } = position;
  const amount = amountOfShares(
    'collateral',
    position.collateralShares,
    reserve.incomeIndexRay,
    account.release,
  );
  return (amount * positionPrice(account, position)) / 10n ** BigInt(reserve.decimals);
}

/** Base currency value of what an account owes of a reserve, floored in 3.0 and rounded up in 3.6. */
export function debtValueBase(account: PooledAccount, position: PooledPosition): bigint {
  const { reserve } = position;
  const amount = amountOfShares('debt', position.debtShares, reserve.debtIndexRay, account.release);
  const unit = 10n ** BigInt(reserve.decimals);
  const product = amount * positionPrice(account, position);
  return account.release === '3.0' ? product / unit : (product + unit - 1n) / unit;
}

function availableBorrowsBase(
  release: PooledRelease,
  collateral: bigint,
  debt: bigint,
  ltvBps: bigint,
): bigint {
  const limit = release === '3.0' ? bpsMulHalfUp(collateral, ltvBps) : bpsMulFloor(collateral, ltvBps);
  return limit < debt ? 0n : limit - debt;
}

function healthFactorWad(
  release: PooledRelease,
  sums: Pick<PooledAccountData, 'collateralBase' | 'debtBase' | 'liquidationThresholdBps'> & {
    thresholdSum: bigint;
  },
): bigint | undefined {
  if (sums.debtBase === 0n) return undefined;
  return release === '3.0'
    ? wadDivHalfUp(bpsMulHalfUp(sums.collateralBase, sums.liquidationThresholdBps), sums.debtBase)
    : wadDivHalfUp(sums.thresholdSum, sums.debtBase) / BPS;
}
