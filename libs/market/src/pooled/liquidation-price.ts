import { WAD } from '@undertow/units';
import { pooledAccountData, type PooledAccount } from './account.ts';

/** Prices are searched below this, raw units of the base currency: 3.4e30 USD with 8 decimals. */
const PRICE_BITS = 128;

/** The price at which one asset alone makes an account liquidatable. */
export interface PooledLiquidationPrice {
  /** The account is liquidatable at this price, and is not one raw unit further (above for `falling`). */
  readonly price: bigint;
  /** `falling`: the asset is mostly held, so lower prices liquidate; `rising`: mostly owed. */
  readonly direction: 'falling' | 'rising';
}

/**
 * Price of one position's asset at which the account becomes liquidatable, all others held fixed; found by bisection
 * over the exact health factor, so that it agrees with the protocol to the last unit. undefined when the asset's price
 * cannot decide it: nothing of it counts, or the account is (not) liquidatable at any price.
 *
 * Release 3.0 floors the average threshold, so health is not quite monotonic in a price: near the line there can be
 * several crossings within one basis point, and this is one of them.
 */
export function pooledLiquidationPrice(
  account: PooledAccount,
  position: number,
): PooledLiquidationPrice | undefined {
  return pooledLiquidationPriceBy((price) => ({
    ...account,
    positions: account.positions.map((held, index) =>
      index === position ? { ...held, reserve: { ...held.reserve, price } } : held,
    ),
  }));
}

/** As `pooledLiquidationPrice`, for a price that may count for several positions: `at` gives the account at a price. */
export function pooledLiquidationPriceBy(
  at: (price: bigint) => PooledAccount,
): PooledLiquidationPrice | undefined {
  let low = 1n;
  let high = 1n << BigInt(PRICE_BITS);
  const lowIsBad = isLiquidatable(at(low));
  if (lowIsBad === isLiquidatable(at(high))) return undefined;
  for (let bit = 0; bit <= PRICE_BITS && high - low > 1n; bit++) {
    const middle = (low + high) >> 1n;
    if (isLiquidatable(at(middle)) === lowIsBad) low = middle;
    else high = middle;
  }
  return lowIsBad ? { price: low, direction: 'falling' } : { price: high, direction: 'rising' };
}

function isLiquidatable(account: PooledAccount): boolean {
  const { healthFactorWad } = pooledAccountData(account);
  return healthFactorWad !== undefined && healthFactorWad < WAD;
}
