import {
  emptyPairTotals,
  pairMaxDebtDown,
  pooledAccountData,
  pooledRelease,
  type PooledPosition,
  type PooledReserve,
} from '@undertow/market';
import { assert, RAY } from '@undertow/units';
import type { AccountRow, Book } from './book.ts';

/** Integers of a book's rows, as the protocols hold them at the book's time. */
export interface BookExact {
  /**
   * Raw answer by oracle row, in the decimals of its feed. Of a pair's own row: its oracle's price × 10³⁶ × the debt
   * asset's raw answer, so that a shock moves it like any USD price.
   */
  readonly answer: readonly bigint[];
  /** Raw units of the asset, by leg, as the protocol rounds them. */
  readonly amount: readonly bigint[];
  /** By leg: basis points at pooled venues, wad at isolated pairs; 0 on debt and on supply that is not collateral. */
  readonly threshold: readonly bigint[];
  /** By market: an isolated pair's price × 10³⁶ is this × the collateral's answer ÷ the debt's answer; 0 at pooled venues. */
  readonly priceScale: readonly bigint[];
}

const WAD = 10n ** 18n;

/**
 * The venue's own decision whether an account may be liquidated, with its own rounding, if the oracles answered
 * `answers` (raw, by oracle row: `book.exact.answer` moved by a shock). False where an oracle could not answer.
 * Source: `pooledAccountData` and `pairMaxDebtDown`.
 */
export function isLiquidatableExact(book: Book, account: AccountRow, answers: readonly bigint[]): boolean {
  const venue = book.venues[book.accounts.venue[account]!];
  assert(venue, 'an account names a venue that the book lacks');
  return venue.mechanism === 'isolated-pair'
    ? isPairDue(book, account, answers)
    : isPooledDue(book, account, { answers, version: venue.version });
}

function isPooledDue(
  book: Book,
  account: AccountRow,
  at: { readonly answers: readonly bigint[]; readonly version: string },
): boolean {
  const release = pooledRelease(at.version);
  assert(release, `the book holds a venue of release ${at.version}, which has no maths`);
  const positions: PooledPosition[] = [];
  for (let leg = book.accounts.legStart[account]!; leg < book.accounts.legStart[account + 1]!; leg++) {
    const price = at.answers[book.legs.oracle[leg]!]!;
    if (price <= 0n) return false;
    positions.push(position(book, leg, price));
  }
  const { healthFactorWad } = pooledAccountData({ release, positions, category: undefined });
  return healthFactorWad !== undefined && healthFactorWad < WAD;
}

/** A leg as a position of its own, with amounts for shares and what its e-mode gives it as the reserve's own terms. */
function position(book: Book, leg: number, price: bigint): PooledPosition {
  const isDebt = book.legs.side[leg] === -1;
  const amount = book.exact.amount[leg]!;
  const reserve: PooledReserve = {
    reserveId: 0,
    decimals: book.assets[book.legs.asset[leg]!]!.decimals,
    loanToValueBps: 0n,
    liquidationThresholdBps: book.exact.threshold[leg]!,
    liquidationBonusBps: 0n,
    liquidationProtocolFeeBps: 0n,
    isActive: true,
    isPaused: false,
    category: 0,
    incomeIndexRay: RAY,
    debtIndexRay: RAY,
    price,
  };
  return {
    reserve,
    collateralShares: isDebt ? 0n : amount,
    debtShares: isDebt ? amount : 0n,
    isCollateral: reserve.liquidationThresholdBps > 0n,
  };
}

/** A pair has one collateral leg, or none when it is gone, before its debt leg. */
function isPairDue(book: Book, account: AccountRow, answers: readonly bigint[]): boolean {
  const first = book.accounts.legStart[account]!;
  const debtLeg = book.accounts.legStart[account + 1]! - 1;
  const collateral = first === debtLeg ? 0n : book.exact.amount[first]!;
  const scale = book.exact.priceScale[book.legs.market[debtLeg]!]!;
  const base = answers[book.legs.oracle[first]!]!;
  const quote = answers[book.legs.oracle[debtLeg]!]!;
  if (base <= 0n || quote <= 0n) return false;
  const state = {
    totals: emptyPairTotals,
    priceE36: (scale * base) / quote,
    liquidationThresholdWad: book.exact.threshold[first]!,
  };
  return pairMaxDebtDown({ collateral, debtShares: 0n }, state) < book.exact.amount[debtLeg]!;
}
