import type { Hex } from 'viem';
import { assert } from '@undertow/units';
import { MAX_UINT256 } from '../deploy/site.ts';
import type { AssetSymbol } from '../deploy/listing.ts';
import type { Transaction } from '../evm/chain.ts';
import { encodeCall } from '../evm/contract.ts';
import type { Scene } from '../scene.ts';
import { poolOf } from './pool-price.ts';

export interface Swap {
  /** The asset whose pool against USDC is used. */
  readonly symbol: AssetSymbol;
  readonly side: 'sell' | 'buy';
  /** Raw units. Of the asset by default. */
  readonly amount: bigint;
  /** What `amount` counts. A sale gives exactly, a purchase takes exactly, this much of it. Default `asset`. */
  readonly of?: 'asset' | 'usdc';
  /** Stop at this pool price (√price × 2⁹⁶). Default: none. */
  readonly sqrtPriceLimitX96?: bigint;
  /** Default: the bank. */
  readonly from?: Hex;
}

/** Trades in the pool of an asset against USDC, in a block of its own. */
export async function swap(scene: Scene, trade: Swap): Promise<void> {
  await scene.chain.send([swapTransaction(scene, trade)]);
}

/** A trade through the router (`SwapRouter.exactInputSingle`, `exactOutputSingle`). */
export function swapTransaction(scene: Scene, trade: Swap): Transaction {
  const { symbol, side, amount, of = 'asset', sqrtPriceLimitX96 = 0n, from = scene.actors.bank } = trade;
  const { assets, uniswap } = scene.contracts;
  const [asset, usdc] = [assets[symbol].token, assets.USDC.token];
  const { feePips } = poolOf(scene, symbol);
  assert(amount > 0n, 'a trade needs an amount');
  const [tokenIn, tokenOut] = side === 'sell' ? [asset, usdc] : [usdc, asset];
  const common = {
    tokenIn,
    tokenOut,
    fee: feePips,
    recipient: from,
    deadline: MAX_UINT256,
    sqrtPriceLimitX96,
  };
  const amountIsInput = (side === 'sell') === (of === 'asset');
  const data = amountIsInput
    ? encodeCall(scene.artifacts.SwapRouter.abi, 'exactInputSingle', [
        { ...common, amountIn: amount, amountOutMinimum: 0n },
      ])
    : encodeCall(scene.artifacts.SwapRouter.abi, 'exactOutputSingle', [
        { ...common, amountOut: amount, amountInMaximum: MAX_UINT256 },
      ]);
  return { from, to: uniswap.router, data, gas: 5_000_000n };
}
