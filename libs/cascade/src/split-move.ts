import type { AssetLinks } from './asset-links.ts';
import type { RoundTrades } from './markets.ts';

/** What one round's trades did to the markets. Prices by asset row, USD. */
export interface MarketMove {
  /** Units that the liquidations of each venue sold on balance; negative = bought. By venue, then by asset row. */
  readonly netByVenue: readonly Float64Array[];
  readonly trades: RoundTrades;
  readonly marketBeforeUsd: Float64Array;
  readonly marketAfterUsd: Float64Array;
}

/**
 * USD by which the trades of each venue moved each market price in a round, by venue and asset row: they add up to the
 * move. What trades in the asset's own pool did belongs to the venues that traded in its direction, in proportion to
 * their net amounts, with what reached the pool by way of other assets; a venue that traded against the move has no part
 * in it. What came with the price that the asset follows (derivation, quote) is split as that price's own move was.
 */
export function splitMove(links: AssetLinks, { netByVenue, trades, ...price }: MarketMove): Float64Array[] {
  const net = netByVenue.map((amounts) => amounts.slice());
  for (const asset of links.tradeOrder) {
    const to = links.soldFor[asset];
    if (to === undefined) continue;
    for (const amounts of net) amounts[to]! += amounts[asset]! * trades.passedOn[asset]!;
  }
  const steps = net.map((amounts) => new Float64Array(amounts.length));
  for (const asset of links.priceOrder) {
    if (!trades.moved.has(asset)) continue;
    const from = price.marketBeforeUsd[asset]!;
    const ownUsd = from * (trades.ownMove[asset]! - 1);
    const direction = ownUsd < 0 ? 1 : -1;
    const pressure = net.map((amounts) => Math.max(0, amounts[asset]! * direction));
    const all = pressure.reduce((sum, amount) => sum + amount, 0);
    const followed = links.follows[asset];
    const followedUsd =
      followed === undefined ? 0 : price.marketAfterUsd[followed]! - price.marketBeforeUsd[followed]!;
    const perUsd = followedUsd === 0 ? 0 : (price.marketAfterUsd[asset]! - from - ownUsd) / followedUsd;
    for (const [venue, step] of steps.entries()) {
      const own = all === 0 ? 0 : (ownUsd * pressure[venue]!) / all;
      step[asset] = own + (perUsd === 0 ? 0 : perUsd * step[followed!]!);
    }
  }
  return steps;
}
