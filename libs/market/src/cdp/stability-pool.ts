import { WAD } from '@undertow/units';

/** When the product falls below this it is scaled up by it. Source: `StabilityPool.SCALE_FACTOR` of MUSD 1.1.0. */
const SCALE_FACTOR = 10n ** 9n;

/**
 * How deposits shrink and what collateral they earn, for all depositors at once: a deposit is worth
 * `deposit · product ÷ product when made`, and has earned `deposit · (sum − sum when made) ÷ product when made`.
 */
export interface PoolState {
  /** Raw units of the debt asset. */
  readonly total: bigint;
  readonly productWad: bigint;
  /** Σ collateral per deposit · product, of the present epoch and scale (10³⁶). */
  readonly sum: bigint;
  readonly epoch: bigint;
  readonly scale: bigint;
  readonly lastCollateralError: bigint;
  readonly lastLossError: bigint;
}

/**
 * The pool pays `debt` (at most its total) and takes collateral. The loss per deposit is rounded up, the gain down; what
 * rounding left over joins the next time. A pool that is emptied starts a new epoch. A new epoch or scale starts with a
 * sum of zero.
 * Source: `StabilityPool.offset`, `_computeRewardsPerUnitStaked`, `_updateRewardSumAndProduct`.
 */
export function offsetPool(
  pool: PoolState,
  paid: { readonly debt: bigint; readonly collateral: bigint },
): PoolState {
  const { debt, collateral } = paid;
  if (pool.total === 0n || debt === 0n) return pool;
  const isEmptied = debt === pool.total;
  const lossNumerator = debt * WAD - pool.lastLossError;
  const loss = isEmptied ? WAD : lossNumerator / pool.total + 1n;
  const gainNumerator = collateral * WAD + pool.lastCollateralError;
  const gain = gainNumerator / pool.total;
  const after = {
    total: pool.total - debt,
    lastCollateralError: gainNumerator - gain * pool.total,
    lastLossError: isEmptied ? 0n : loss * pool.total - lossNumerator,
  };
  const sum = pool.sum + gain * pool.productWad;
  const factor = WAD - loss;
  if (factor === 0n) return { ...after, productWad: WAD, sum: 0n, epoch: pool.epoch + 1n, scale: 0n };
  const plain = (pool.productWad * factor) / WAD;
  const steps = plain === 1n ? 2n : plain < SCALE_FACTOR ? 1n : 0n;
  return {
    ...after,
    productWad: (pool.productWad * factor * SCALE_FACTOR ** steps) / WAD,
    sum: steps === 0n ? sum : 0n,
    epoch: pool.epoch,
    scale: pool.scale + steps,
  };
}

/** A deposit, and the pool's product, epoch and scale when it was made. */
export interface PoolDeposit {
  readonly deposit: bigint;
  readonly productWad: bigint;
  readonly epoch: bigint;
  readonly scale: bigint;
}

/**
 * What is left of a deposit, raw units: 0 when the pool was emptied since, or when it fell below a billionth.
 * Source: `StabilityPool.getCompoundedMUSDDeposit`.
 */
export function compoundedDepositDown(
  { deposit, productWad, epoch, scale }: PoolDeposit,
  pool: Pick<PoolState, 'productWad' | 'epoch' | 'scale'>,
): bigint {
  if (deposit === 0n || epoch < pool.epoch) return 0n;
  const steps = pool.scale - scale;
  if (steps > 1n) return 0n;
  const scaled = (deposit * pool.productWad) / productWad / (steps === 1n ? SCALE_FACTOR : 1n);
  return scaled < deposit / 1_000_000_000n ? 0n : scaled;
}
