import type { Liquidation } from './rule.ts';

/** Debt that one liquidation left without collateral, whoever bears it, USD. */
export function badDebtOf({ effects }: Liquidation, finalPriceUsd: Float64Array): number {
  let usd = 0;
  for (const effect of effects) {
    if (effect.kind === 'badDebt') usd += effect.amount * finalPriceUsd[effect.asset]!;
  }
  return usd;
}
