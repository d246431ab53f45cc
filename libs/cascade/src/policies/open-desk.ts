import { marginalUsd } from '../market/marginal-price.ts';
import { marketPriceUsd, type Market, type Places } from '../market/market.ts';
import { placesAfter, trade, type Trade } from '../market/trade.ts';
import type { Desk, Quote } from './choose-call.ts';

/** A call, and what it trades. */
export interface Choice extends Quote {
  readonly trade: Trade;
}

/** Tries calls out where the markets of a state stand; nothing is changed. */
export function openDesk({
  market,
  places,
}: {
  readonly market: Market;
  readonly places: Places;
}): Desk<Choice> {
  const { assets } = market.book;
  return {
    decimalsOf: (asset) => assets[asset]!.decimals,
    priceUsd: (asset) => marketPriceUsd(market, places, asset),
    quote(offer, size) {
      const amounts = new Float64Array(assets.length);
      for (const { asset, amount } of offer.flows) amounts[asset]! += amount * size;
      const own = trade(market, places, amounts);
      const profitUsd = own.cashUsd - unboughtUsd(market, places, own);
      const quoteOf = (all: Trade): Choice => {
        let lastUsd = 0;
        for (const { asset, amount } of offer.flows)
          if (amount !== 0) lastUsd += amount * marginalUsd(market, places, all, asset);
        const othersUsd = all.cashUsd - own.cashUsd;
        return { offer, size, trade: all, profitUsd, othersUsd, marginalUsd: lastUsd };
      };
      if (offer.soldByOthers.length === 0) return quoteOf(own);
      // The liquidator sells first, in the transaction of the call, and they where that has put the market.
      for (const { asset, amount } of offer.soldByOthers) amounts[asset]! += amount * size;
      return quoteOf(trade(market, places, amounts));
    },
    largestMove({ trade: done }) {
      const after = placesAfter(market, places, done);
      let most = 0;
      for (const [node, priceUsd] of after.priceUsd.entries())
        most = Math.max(most, Math.abs(priceUsd / places.priceUsd[node]! - 1));
      return most;
    },
  };
}

/** What no market gives is paid for at its price, from stocks that others hold. */
function unboughtUsd(market: Market, places: Places, { assets }: Trade): number {
  let usd = 0;
  for (const { asset, unbought } of assets)
    if (unbought > 0) usd += unbought * marketPriceUsd(market, places, asset);
  return usd;
}
