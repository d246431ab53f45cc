import { planHealth, planSizeUsd } from '../../accounts/plan-sizes.ts';
import type { Random } from '../../accounts/seeded-random.ts';
import { unitsForUsd, usdOfUnits, type AssetSymbol } from '../../deploy/listing.ts';
import { collateralFactorOf } from './markets.ts';

interface PlannedLeg {
  readonly symbol: AssetSymbol;
  /** Raw units. */
  readonly amount: bigint;
}

export interface VenusCorePlan {
  /** `entered`: it counts as collateral. What is not entered may be seized all the same. */
  readonly supply: readonly (PlannedLeg & { readonly entered: boolean })[];
  readonly debt: readonly PlannedLeg[];
}

type Part = readonly [symbol: AssetSymbol, share: number];

/** A kind of account: which legs it has, in which shares, and how common it is. */
interface Mix {
  readonly weight: number;
  readonly supply: readonly Part[];
  readonly debt: readonly Part[];
  /** Supplied without entering its market. */
  readonly idle?: AssetSymbol;
}

const WETH: readonly Part[] = [['WETH', 1]];
const USDC: readonly Part[] = [['USDC', 1]];

const MIXES: readonly Mix[] = [
  { weight: 36, supply: WETH, debt: USDC },
  { weight: 18, supply: [['WBTC', 1]], debt: USDC },
  { weight: 12, supply: parts(['WETH', 0.6], ['WBTC', 0.4]), debt: USDC },
  { weight: 8, supply: USDC, debt: WETH },
  { weight: 8, supply: parts(['WETH', 0.5], ['WBTC', 0.5]), debt: parts(['USDC', 0.6], ['LINK', 0.4]) },
  { weight: 6, supply: parts(['WBTC', 0.6], ['USDC', 0.4]), debt: parts(['WETH', 0.7], ['USDC', 0.3]) },
  // Not entered: it backs nothing, and is taken first where it is the largest.
  { weight: 5, supply: parts(['WETH', 0.45], ['WBTC', 0.55]), debt: USDC, idle: 'WBTC' },
  // Entered, with a collateral factor of 0.
  { weight: 4, supply: parts(['WETH', 0.7], ['LINK', 0.3]), debt: USDC },
  { weight: 3, supply: WETH, debt: [] },
];

function parts(...all: readonly Part[]): readonly Part[] {
  return all;
}

/** Share of the owners who use the venue. */
const USED_BY = 0.25;

/** Distance kept from the line: amounts are floored and interest accrues while building. */
const LIMIT_MARGIN = 0.99;

export function planVenusCore(random: Random): VenusCorePlan | undefined {
  if (random.uniform() >= USED_BY) return undefined;
  const mix = MIXES[random.choose(MIXES.map(({ weight }) => weight))] as Mix;
  const sizeUsd = planSizeUsd(random);
  const supply = mix.supply.map(([symbol, share]) => {
    const valueUsd = sizeUsd * share * (0.8 + 0.4 * random.uniform());
    return { symbol, amount: unitsForUsd(symbol, valueUsd), valueUsd, entered: symbol !== mix.idle };
  });
  const capacityUsd = supply
    .filter(({ entered }) => entered)
    .reduce((sum, { symbol, valueUsd }) => sum + valueUsd * collateralFactorOf(symbol), 0);
  // The limit to borrow is the line itself, so nobody starts nearer to it than this.
  const debtUsd = Math.min(capacityUsd / planHealth(random), capacityUsd * LIMIT_MARGIN);
  const debt = mix.debt.map(([symbol, share]) => ({ symbol, amount: unitsForUsd(symbol, debtUsd * share) }));
  return { supply, debt: debt.filter(({ amount }) => amount > 0n) };
}

/** All that is supplied, USD: what is not collateral can be seized too. */
export function saleableOnVenusCore({ supply }: VenusCorePlan): ReadonlyMap<AssetSymbol, number> {
  return new Map(supply.map(({ symbol, amount }) => [symbol, usdOfUnits(symbol, amount)]));
}
