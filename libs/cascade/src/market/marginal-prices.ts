import { marketPriceUsd, type Market, type Places } from './market.ts';

/** What a trade left behind. By asset row. */
export interface Traded {
  readonly from: Places;
  /** What can still be exchanged through ties. */
  readonly capacity: Float64Array;
  /** 1 = sold on balance, -1 = bought, 0 = not traded. */
  readonly direction: Int8Array;
  /** Root of the price on each curve after its trade; 0 = not traded on. */
  readonly sqrtAfter: Float64Array;
}

/**
 * What one more unit of each asset would have brought where it was sold (or not traded), or cost where it was bought, USD, fees
 * included: 0 where nobody would have taken it, Infinity where nobody would have given it.
 */
export function marginalPrices(market: Market, traded: Traded): Float64Array {
  const { depth, exchange, isCash, order } = market;
  const { from, capacity, direction, sqrtAfter } = traded;
  const marginal = new Float64Array(depth.length);
  const priceOf = (asset: number) => marketPriceUsd(market, from, asset);
  // What an asset comes in is known before it.
  for (const asset of order.toReversed()) {
    const isSale = direction[asset]! >= 0;
    const none = isSale ? 0 : Infinity;
    const to = capacity[asset]! > 0 ? exchange[asset] : undefined;
    const curve = depth[asset];
    if (to === 'dollars' || (!curve && isCash[asset])) marginal[asset] = priceOf(asset);
    else if (to !== undefined) marginal[asset] = (marginal[to]! * priceOf(asset)) / priceOf(to);
    else if (curve) {
      const place = sqrtAfter[asset]! || Math.sqrt(priceOf(asset) / priceOf(curve.quote));
      const isAtEnd = isSale ? place <= curve.sqrtPrice[0]! : place >= curve.sqrtPrice.at(-1)!;
      const keep = 1 - curve.feeRatio;
      const inQuote = place ** 2 * (isSale ? keep : 1 / keep);
      marginal[asset] = isAtEnd ? none : inQuote * marginal[curve.quote]!;
    } else marginal[asset] = none;
  }
  return marginal;
}
