import { pooledAccountData, pooledRelease, type PooledPosition, type PooledReserve } from '@undertow/market';
import { assert, RAY } from '@undertow/units';
import type { AccountRow, Book } from '../book.ts';

const WAD = 10n ** 18n;

/** See `isLiquidatableExact`. Source: `pooledAccountData`. */
export function isPooledDue(book: Book, account: AccountRow, answers: readonly bigint[]): boolean {
  const { version } = book.venues[book.accounts.venue[account]!]!;
  const release = pooledRelease(version);
  assert(release, `the book holds a venue of release ${version}, which has no maths`);
  const positions: PooledPosition[] = [];
  for (let leg = book.accounts.legStart[account]!; leg < book.accounts.legStart[account + 1]!; leg++) {
    const price = answers[book.legs.oracle[leg]!]!;
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
