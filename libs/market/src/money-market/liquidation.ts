import { WAD } from '@undertow/units';

/** What a liquidation of one debt against one supply is judged by. */
export interface SeizeTerms {
  readonly incentiveWad: bigint;
  readonly debtPriceE36: bigint;
  readonly collateralPriceE36: bigint;
  readonly collateralRateWad: bigint;
}

/**
 * Tokens of the collateral's market that a repayment takes; undefined when a price is missing, and when the contract
 * would divide by nothing. Source: `Comptroller.liquidateCalculateSeizeTokens`.
 */
export function seizedTokensDown(repaid: bigint, terms: SeizeTerms): bigint | undefined {
  const { incentiveWad, debtPriceE36, collateralPriceE36, collateralRateWad } = terms;
  const denominator = (collateralPriceE36 * collateralRateWad) / WAD;
  if (debtPriceE36 === 0n || denominator === 0n) return undefined;
  const ratioWad = (((incentiveWad * debtPriceE36) / WAD) * WAD) / denominator;
  return (ratioWad * repaid) / WAD;
}

/** The most of a debt that one call may repay. Source: `Comptroller.liquidateBorrowAllowed`. */
export function closableDown(debt: bigint, closeFactorWad: bigint): bigint {
  return (closeFactorWad * debt) / WAD;
}
