import type { Devnet } from '../devnet.ts';
import type { AssetSymbol } from '../deploy/listing.ts';
import { swapTransaction } from '../actions/swap.ts';
import type { Transaction } from '../evm/chain.ts';
import type { LiquidationDone } from './liquidate-due.ts';

/** Received less repaid, per asset, raw units. */
export function netInventory(done: readonly LiquidationDone[]): Map<AssetSymbol, bigint> {
  const net = new Map<AssetSymbol, bigint>();
  const add = (symbol: AssetSymbol, amount: bigint) => net.set(symbol, (net.get(symbol) ?? 0n) + amount);
  for (const { collateral, debt, received, repaid } of done) {
    add(collateral, received);
    add(debt, -repaid);
  }
  return net;
}

/** The liquidator's trades that bring its inventory back: one per asset, against USDC. */
export function unwind(
  devnet: Devnet,
  net: ReadonlyMap<AssetSymbol, bigint>,
): { symbol: AssetSymbol; transaction: Transaction }[] {
  const from = devnet.actors.liquidator;
  return [...net].flatMap(([symbol, amount]) => {
    if (symbol === 'USDC' || amount === 0n) return [];
    const trade = amount > 0n ? { side: 'sell' as const, amount } : { side: 'buy' as const, amount: -amount };
    return [{ symbol, transaction: swapTransaction(devnet, { symbol, from, ...trade }) }];
  });
}
