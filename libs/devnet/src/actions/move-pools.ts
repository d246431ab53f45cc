import type { AssetSymbol } from '../deploy/listing.ts';
import type { Transaction } from '../evm/chain.ts';
import type { Scene } from '../scene.ts';
import { readPoolPrices, sqrtPriceAt } from './pool-price.ts';
import { swapTransaction } from './swap.ts';

/** More of anything than a pool can take: the price limit ends the trade. */
const WITHOUT_END = 10n ** 30n;

/**
 * The bank's trades that bring pools to prices (USDC per whole unit), to the resolution of a double. None for a pool
 * that is nearer than `tolerance` (a ratio).
 */
export async function poolMoves(
  scene: Scene,
  targets: Readonly<Partial<Record<AssetSymbol, number>>>,
  tolerance = 1e-12,
): Promise<Transaction[]> {
  const entries = Object.entries(targets) as [AssetSymbol, number][];
  const prices = await readPoolPrices(
    scene,
    entries.map(([symbol]) => symbol),
  );
  return entries.flatMap(([symbol, target], index) => {
    const price = prices[index] as number;
    if (Math.abs(price / target - 1) <= tolerance) return [];
    const side = price > target ? 'sell' : 'buy';
    const of = side === 'sell' ? 'asset' : 'usdc';
    const limit = sqrtPriceAt(scene, symbol, target);
    return [swapTransaction(scene, { symbol, side, of, amount: WITHOUT_END, sqrtPriceLimitX96: limit })];
  });
}
