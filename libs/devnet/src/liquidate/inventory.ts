import { swapTransaction } from '../actions/swap.ts';
import type { AssetSymbol } from '../deploy/listing.ts';
import type { Devnet } from '../devnet.ts';
import type { Transaction } from '../evm/chain.ts';
import type { Inventory } from '../venues/devnet-venue.ts';

/** The sum of inventories, raw units. */
export function sumInventories(inventories: Iterable<Inventory>): Map<AssetSymbol, bigint> {
  const sum = new Map<AssetSymbol, bigint>();
  for (const inventory of inventories) {
    for (const [symbol, amount] of inventory) sum.set(symbol, (sum.get(symbol) ?? 0n) + amount);
  }
  return sum;
}

/** The liquidator's trades that bring an inventory back to nothing: one per asset, against USDC. */
export function unwind(
  devnet: Devnet,
  inventory: Inventory,
): { symbol: AssetSymbol; transaction: Transaction }[] {
  const from = devnet.actors.liquidator;
  return [...inventory].flatMap(([symbol, amount]) => {
    if (symbol === 'USDC' || amount === 0n) return [];
    const trade = amount > 0n ? { side: 'sell' as const, amount } : { side: 'buy' as const, amount: -amount };
    return [{ symbol, transaction: swapTransaction(devnet, { symbol, from, ...trade }) }];
  });
}
