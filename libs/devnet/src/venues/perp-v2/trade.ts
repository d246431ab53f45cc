import type { Hex } from 'viem';
import { MAX_UINT256 } from '../../deploy/site.ts';
import type { Transaction } from '../../evm/chain.ts';
import { encodeCall } from '../../evm/contract.ts';
import type { Scene } from '../../scene.ts';
import type { PerpV2Contracts } from './contracts.ts';

/** A call of the clearing house takes up to about this much gas. */
export const TRADE_GAS = 3_000_000n;

export interface Trade {
  readonly from: Hex;
  readonly baseToken: Hex;
  readonly side: 'buy' | 'sell';
  /** Base units, wad. */
  readonly size: bigint;
  /** Stop at this pool price (√price × 2⁹⁶). Default: none. */
  readonly sqrtPriceLimitX96?: bigint;
}

/** A trade of exactly so much base through the clearing house (`ClearingHouse.openPosition`). */
export function trade(
  { artifacts }: Pick<Scene, 'artifacts'>,
  perp: Pick<PerpV2Contracts, 'clearingHouse'>,
  { from, baseToken, side, size, sqrtPriceLimitX96 = 0n }: Trade,
): Transaction {
  const isBaseToQuote = side === 'sell';
  const order = {
    ...{ baseToken, isBaseToQuote, isExactInput: isBaseToQuote, amount: size, oppositeAmountBound: 0n },
    ...{ sqrtPriceLimitX96, deadline: MAX_UINT256, referralCode: `0x${'00'.repeat(32)}` },
  };
  const data = encodeCall(artifacts.PerpClearingHouse.abi, 'openPosition', [order]);
  return { from, to: perp.clearingHouse, data, gas: TRADE_GAS };
}
