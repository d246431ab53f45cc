import { roleCode, type AssetRow } from '@undertow/book';
import type { Advice, AdviceMissing } from '../advice/advice.ts';
import type { ParameterPlace } from '../parameters/parameters-of.ts';
import type { Study } from '../study/study.ts';
import { fallOf } from './hard-bound.ts';

/** Positions for which a tier is computed, USD. */
const SIZES = [10_000, 100_000, 1_000_000, 10_000_000];

export interface Tiers {
  readonly tiers: NonNullable<Advice['tiers']>;
  readonly missing: readonly AdviceMissing[];
}

/**
 * Maintenance margins by size of a position: what must be left when it is due so that closing it still pays: the fall of the plan's
 * horizon at the confidence, the price impact of closing a position of the size, and the liquidation penalty. Rounded up to a basis
 * point. A size that the known market cannot take has no tier, and says so.
 */
export function maintenanceTiers(study: Study, place: ParameterPlace): Tiers {
  const { book, trades } = study;
  const { rule } = book.venues[place.venueRow]!;
  const penalty = rule?.kernel === 'close-position' ? rule.liquidationPenalty : 0;
  const tiers: Tiers['tiers'] = [];
  const missing: AdviceMissing[] = [];
  for (const asset of basesOf(study, place)) {
    const { symbol, oraclePriceUsd } = book.assets[asset]!;
    const fall = fallOf(study, asset) ?? 0;
    for (const upToUsd of SIZES) {
      const { isFilled, priceFactor } = trades(new Map([[asset, upToUsd / oraclePriceUsd]]));
      if (!isFilled) {
        const why = `the known market of ${symbol} cannot take a position of ${upToUsd} USD`;
        missing.push({ name: `tier of ${symbol}`, why, follows: 'larger positions have no tier' });
        break;
      }
      const needed = 1 - (1 - fall) * priceFactor(asset) + penalty;
      tiers.push({
        asset: symbol,
        upToUsd,
        maintenanceMargin: Math.ceil(Math.min(1, needed) * 1e4 - 1e-6) / 1e4,
      });
    }
  }
  return { tiers, missing };
}

/** Assets in which accounts of the venue have positions. */
function basesOf({ book }: Study, { venueRow }: ParameterPlace): AssetRow[] {
  const { accounts, legs } = book;
  const found = new Set<AssetRow>();
  for (let account = 0; account < accounts.count; account++) {
    if (accounts.venue[account] !== venueRow) continue;
    for (let leg = accounts.legStart[account]!; leg < accounts.legStart[account + 1]!; leg++)
      if (legs.role[leg] === roleCode('base')) found.add(legs.asset[leg]! as AssetRow);
  }
  return [...found].sort((a, b) => a - b);
}
