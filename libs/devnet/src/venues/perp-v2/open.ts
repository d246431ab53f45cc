import type { Hex } from 'viem';
import { perform, type Site } from '../../deploy/site.ts';
import type { Transaction } from '../../evm/chain.ts';
import { encodeCall } from '../../evm/contract.ts';
import type { Planned } from '../devnet-venue.ts';
import type { DevnetContracts } from '../venue-scene.ts';
import { returnToIndex } from './arbitrage.ts';
import { addOrder } from './makers.ts';
import { addLiquidity, orderTicks, removeLiquidity } from './liquidity.ts';
import { OPENING_LIQUIDITY } from './markets.ts';
import type { PerpV2Plan, PlannedPosition } from './plan.ts';
import { trade } from './trade.ts';

/**
 * Opens the planned positions: what the bank deposits for the owners, then each owner's trades. While they trade the
 * bank's order is much larger, so that the order in which they come moves no price. At last makers add their orders.
 */
export async function openOnPerp(
  site: Site,
  contracts: DevnetContracts,
  plan: readonly Planned<PerpV2Plan>[],
): Promise<void> {
  const perp = contracts.venues.perpV2;
  const { abi } = site.artifacts.PerpVault;
  const deposits = plan.map(({ owner, plan: { collateral } }): Transaction => {
    const args = [owner, contracts.assets[collateral.symbol].token, collateral.amount];
    return { from: site.actors.bank, to: perp.vault, data: encodeCall(abi, 'depositFor', args) };
  });
  await site.bundles.send(deposits);
  await perform(
    site,
    perp.markets.map((market) => addLiquidity(site, perp, market, plan, OPENING_LIQUIDITY)),
  );
  const opened = plan.flatMap(({ owner, plan: { positions } }) => positions.map((one) => ({ owner, one })));
  const trades = opened.map(({ owner, one }) => opening(site, perp, owner, one));
  await site.bundles.send(trades);
  await returnToIndex({ ...site, contracts }, perp);
  for (const market of perp.markets) {
    const { lowerTick, upperTick } = orderTicks(market);
    const book = { address: perp.orderBook, abi: site.artifacts.PerpOrderBook.abi };
    const args = [site.actors.bank, market.baseToken, lowerTick, upperTick];
    const { liquidity } = await site.chain.read<{ liquidity: bigint }>(book, 'getOpenOrder', args);
    const extra = (liquidity * OPENING_LIQUIDITY) / (OPENING_LIQUIDITY + 1n);
    await perform(site, [removeLiquidity(site, perp, market, extra)]);
  }
  const made = plan.flatMap(({ owner, plan: { orders } }) =>
    orders.map((one) => addOrder(site, perp, owner, one)),
  );
  await site.bundles.send(made);
}

type Perp = DevnetContracts['venues']['perpV2'];

function opening(site: Site, perp: Perp, owner: Hex, { symbol, isLong, size }: PlannedPosition): Transaction {
  const market = perp.markets.find((one) => one.symbol === symbol);
  if (!market) throw new Error(`bug: no perpetual on ${symbol}`);
  return trade(site, perp, { from: owner, baseToken: market.baseToken, side: isLong ? 'buy' : 'sell', size });
}
