import { WAD } from '@undertow/units';
import { nearestDueAnswer } from '../nearest-due.ts';
import { pooledAccountData, type PooledAccount } from './account.ts';

/** The price at which one asset alone makes an account liquidatable. */
export interface PooledLiquidationPrice {
  /** The account is liquidatable at this price, and is not one raw unit further (above for `falling`). */
  readonly price: bigint;
  /** `falling`: the asset is mostly held, so lower prices liquidate; `rising`: mostly owed. */
  readonly direction: 'falling' | 'rising';
}

/**
 * Price of one position's asset nearest to its present one at which the account becomes liquidatable, all others held
 * fixed; found over the exact health factor, so that it agrees with the protocol to the last unit. undefined when the
 * asset's price cannot decide it: nothing of it counts, or the account is (not) liquidatable at any price.
 *
 * Release 3.0 floors the average threshold, so health is not quite monotonic in a price: near the line there can be
 * several crossings within one basis point, and this is one of them.
 */
export function pooledLiquidationPrice(
  account: PooledAccount,
  position: number,
): PooledLiquidationPrice | undefined {
  const present = account.positions[position]!.reserve.price;
  const found = nearestDueAnswer(present, (price) =>
    isPooledLiquidatable({
      ...account,
      positions: account.positions.map((held, index) =>
        index === position ? { ...held, reserve: { ...held.reserve, price } } : held,
      ),
    }),
  );
  return found && { price: found.answer, direction: found.direction };
}

/** May the account be liquidated? Source: `ValidationLogic.validateLiquidationCall`. */
export function isPooledLiquidatable(account: PooledAccount): boolean {
  const { healthFactorWad } = pooledAccountData(account);
  return healthFactorWad !== undefined && healthFactorWad < WAD;
}
