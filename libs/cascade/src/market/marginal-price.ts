import { marketPriceUsd, type Market, type Places } from './market.ts';
import { placeOn, type Trade } from './trade.ts';

/**
 * What one more unit of an asset would have brought where it was sold (or not traded), or cost where it was bought, USD, fees
 * included: 0 where nobody would have taken it, Infinity where nobody would have given it.
 */
export function marginalUsd(market: Market, from: Places, trade: Trade, asset: number): number {
  const done = trade.assets.find((one) => one.asset === asset);
  const isSale = done === undefined || done.direction >= 0;
  const none = isSale ? 0 : Infinity;
  const capacity = done ? done.capacityLeft : from.capacity[asset]!;
  const to = capacity > 0 ? market.exchange[asset] : undefined;
  const curve = market.depth[asset];
  const priceUsd = marketPriceUsd(market, from, asset);
  if (to === 'dollars' || (!curve && market.isCash[asset])) return priceUsd;
  if (to !== undefined)
    return (marginalUsd(market, from, trade, to) * priceUsd) / marketPriceUsd(market, from, to);
  if (!curve) return none;
  const place = done?.sqrtAfter || placeOn(market, from, asset, curve);
  const ends = curve.sqrtPrice;
  const isAtEnd = isSale ? place <= ends[0]! : place >= ends[ends.length - 1]!;
  if (isAtEnd) return none;
  const keep = 1 - curve.feeRatio;
  const inQuote = place ** 2 * (isSale ? keep : 1 / keep);
  return inQuote * marginalUsd(market, from, trade, curve.quote);
}
