import type { Exposures } from '../exposure/load.ts';
import { price } from '../format/number.ts';
import { venueName } from '../format/venue.ts';

/** Why some assets cannot be moved: a sentence with each of them, its venues and the price they take; undefined when all can. */
export function fixedAssetsSentence({
  assets,
  venues,
}: Pick<Exposures, 'assets' | 'venues'>): string | undefined {
  const fixed = assets.flatMap(({ asset, symbol, priceUsd, isFixed }, i) => {
    if (!isFixed) return [];
    const having = venues.filter(({ cells }) => {
      const cell = cells[i]?.asset === asset ? cells[i] : undefined;
      return cell !== undefined && (cell.collateralUsd !== 0 || cell.debtUsd !== 0);
    });
    return [`${symbol} (${price(priceUsd)} at ${having.map(({ venue }) => venueName(venue)).join(', ')})`];
  });
  if (fixed.length === 0) return undefined;
  return `No shock moves what a venue takes at a price of its own, whatever markets say: ${fixed.join(', ')}.`;
}
