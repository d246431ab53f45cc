import { planHealth, planSizeUsd } from '../../accounts/plan-sizes.ts';
import type { Random } from '../../accounts/seeded-random.ts';
import type { AssetSymbol } from '../../deploy/listing.ts';

/** The listed asset that the native coin of the chain stands for: its feed prices the collateral. */
export const UNDERLYING: AssetSymbol = 'WETH';

/** `LiquityBase.MCR`. */
export const LEAST_RATIO = 1.1;

/** A position: its collateral, and collateral ÷ debt as a multiple of the least. */
export interface MusdPlan {
  readonly sizeUsd: number;
  readonly health: number;
}

/** Share of the owners who use the venue. */
const USED_BY = 0.25;

/** `minNetDebt` is 1,800, and 200 are put aside; a little more, because amounts are rounded. */
export const LEAST_DEBT_USD = 2_050;

export function planMusd(random: Random): MusdPlan | undefined {
  if (random.uniform() >= USED_BY) return undefined;
  const health = planHealth(random);
  const sizeUsd = Math.max(planSizeUsd(random), LEAST_DEBT_USD * LEAST_RATIO * health);
  return { sizeUsd, health };
}

/** Debt of a planned position, what is put aside for its liquidation included. */
export const debtUsdOf = ({ sizeUsd, health }: MusdPlan): number => sizeUsd / LEAST_RATIO / health;
