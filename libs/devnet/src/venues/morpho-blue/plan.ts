import { planHealth, planSizeUsd } from '../../accounts/plan-sizes.ts';
import type { Random } from '../../accounts/seeded-random.ts';
import { unitsForUsd, usdOfUnits, type AssetSymbol } from '../../deploy/listing.ts';
import { MORPHO_MARKETS } from './markets.ts';

export interface PlannedMorphoPosition {
  /** Index of the market. */
  readonly market: number;
  /** Raw units. */
  readonly collateral: bigint;
  /** Raw units of the market's loan asset. */
  readonly debt: bigint;
}

/** One position per market used. */
export type MorphoBluePlan = readonly PlannedMorphoPosition[];

/** Share of the owners who use the venue. */
const USED_BY = 0.45;

/** Positions of an owner who uses it: the first market, the second, both. */
const MARKET_WEIGHTS = [0.55, 0.35, 0.1];

/** Distance kept from the venue's borrowing limit, because amounts are floored and interest accrues while building. */
const LIMIT_MARGIN = 0.998;

export function planMorpho(random: Random): MorphoBluePlan | undefined {
  if (random.uniform() >= USED_BY) return undefined;
  const choice = random.choose(MARKET_WEIGHTS);
  return MORPHO_MARKETS.flatMap(({ collateral, lltvWad }, market) => {
    if (choice !== market && choice !== MORPHO_MARKETS.length) return [];
    const valueUsd = planSizeUsd(random);
    const debtUsd = ((valueUsd * Number(lltvWad)) / 1e18 / planHealth(random)) * LIMIT_MARGIN;
    return [{ market, collateral: unitsForUsd(collateral, valueUsd), debt: unitsForUsd('USDC', debtUsd) }];
  });
}

/** All collateral, USD. */
export function saleableOnMorpho(plan: MorphoBluePlan): ReadonlyMap<AssetSymbol, number> {
  return new Map(
    plan.flatMap(({ market, collateral }) => {
      const symbol = MORPHO_MARKETS[market]?.collateral;
      return symbol ? [[symbol, usdOfUnits(symbol, collateral)] as const] : [];
    }),
  );
}
