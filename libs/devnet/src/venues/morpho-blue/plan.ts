import { planHealth, planSizeUsd } from '../../accounts/plan-sizes.ts';
import type { Random } from '../../accounts/seeded-random.ts';
import { unitsForUsd, usdOfUnits, type AssetSymbol } from '../../deploy/listing.ts';
import { HARD_ACCOUNTS, MORPHO_MARKETS, USUAL_MARKETS, type MorphoMarketTerms } from './markets.ts';

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

/** Positions of an owner who uses it: the first usual market, the second, both. */
const MARKET_WEIGHTS = [0.55, 0.35, 0.1];

/** Distance kept from the venue's borrowing limit, because amounts are floored and interest accrues while building. */
const LIMIT_MARGIN = 0.998;

/** What the n-th owner has: what the stream draws, and an account in a hard market where `HARD_ACCOUNTS` gives one. */
export function planMorpho(random: Random, index: number): MorphoBluePlan | undefined {
  const positions = [...drawnPositions(random), ...hardPositions(index)];
  return positions.length > 0 ? positions : undefined;
}

function drawnPositions(random: Random): MorphoBluePlan {
  if (random.uniform() >= USED_BY) return [];
  const choice = random.choose(MARKET_WEIGHTS);
  return MORPHO_MARKETS.slice(0, USUAL_MARKETS).flatMap((_terms, market) => {
    if (choice !== market && choice !== USUAL_MARKETS) return [];
    return [planned(market, planSizeUsd(random), planHealth(random))];
  });
}

function hardPositions(index: number): MorphoBluePlan {
  const account = HARD_ACCOUNTS[index];
  if (!account) return [];
  const isItsMarket = ({ collateral }: MorphoMarketTerms) => collateral === account.collateral;
  return [planned(MORPHO_MARKETS.findIndex(isItsMarket), account.collateralUsd, account.health)];
}

function planned(market: number, valueUsd: number, health: number): PlannedMorphoPosition {
  const { collateral, loan, lltvWad } = MORPHO_MARKETS[market] as MorphoMarketTerms;
  const debtUsd = ((valueUsd * Number(lltvWad)) / 1e18 / health) * LIMIT_MARGIN;
  return { market, collateral: unitsForUsd(collateral, valueUsd), debt: unitsForUsd(loan, debtUsd) };
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
