import { planHealth, planSizeUsd } from '../../accounts/plan-sizes.ts';
import type { Random } from '../../accounts/seeded-random.ts';
import { unitsForUsd, usdOfUnits, type AssetSymbol } from '../../deploy/listing.ts';
import { AAVE_MIXES, debtCapacity, type AaveMix } from './mixes.ts';

export interface PlannedLeg {
  readonly symbol: AssetSymbol;
  /** Raw units. */
  readonly amount: bigint;
}

export interface AaveV3Plan {
  readonly collateral: readonly (PlannedLeg & { readonly enabled: boolean })[];
  readonly debt: readonly PlannedLeg[];
  /** E-mode category; 0 = none. */
  readonly category: number;
}

/** Share of the owners who use the venue. */
const USED_BY = 0.55;

/** Distance kept from the venue's borrowing limit, because amounts are floored and interest accrues while building. */
const LIMIT_MARGIN = 0.998;

export function planAave(random: Random): AaveV3Plan | undefined {
  if (random.uniform() >= USED_BY) return undefined;
  const mix = AAVE_MIXES[random.choose(AAVE_MIXES.map(({ weight }) => weight))] as AaveMix;
  const sizeUsd = planSizeUsd(random);
  const collateral = mix.collateral.map(({ symbol, share, enabled = true }) => {
    const valueUsd = sizeUsd * share * (0.8 + 0.4 * random.uniform());
    return { symbol, enabled, valueUsd, amount: unitsForUsd(symbol, valueUsd) };
  });
  const enabled = collateral.filter((leg) => leg.enabled);
  const { thresholdUsd, limitUsd } = debtCapacity(enabled, mix.category ?? 0);
  const debtUsd = Math.min(thresholdUsd / planHealth(random), limitUsd * LIMIT_MARGIN);
  const debt = mix.debt.map(({ symbol, share }) => ({
    symbol,
    amount: unitsForUsd(symbol, debtUsd * share),
  }));
  return { collateral, debt: debt.filter(({ amount }) => amount > 0n), category: mix.category ?? 0 };
}

/** Collateral in use, USD. */
export function saleableOnAave({ collateral }: AaveV3Plan): ReadonlyMap<AssetSymbol, number> {
  const legs = collateral.filter(({ enabled }) => enabled);
  return new Map(legs.map(({ symbol, amount }) => [symbol, usdOfUnits(symbol, amount)]));
}
