import type { Exposures } from '../sections/exposure/load.ts';
import { price } from '../format/number.ts';
import { venueName } from '../format/venue.ts';

/** What no oracle follows: a sentence with each asset, its venues and the price they take; undefined when there is none. */
export function fixedAssetsSentence({
  assets,
  venues,
}: Pick<Exposures, 'assets' | 'venues'>): string | undefined {
  const fixed = assets.flatMap(({ asset, priceUsd, isFixed }, i) => {
    if (!isFixed) return [];
    const having = venues.filter(({ cells }) => {
      const cell = cells[i]?.asset.address === asset.address ? cells[i] : undefined;
      return cell !== undefined && (cell.collateralUsd !== 0 || cell.debtUsd !== 0);
    });
    return [
      `${asset.symbol} (${price(priceUsd)} at ${having.map(({ venue }) => venueName(venue)).join(', ')})`,
    ];
  });
  if (fixed.length === 0) return undefined;
  return `Venues take these at a price of their own, whatever markets say, so that a fall of them makes nobody due: ${fixed.join(', ')}.`;
}
