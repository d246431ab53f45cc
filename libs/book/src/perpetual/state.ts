import type { MarginAccountTerms, MarginCollateralTerms } from '@undertow/market';

/** What a market of a margin venue is, as the first integer of its `BookExact.marketState`. */
export const [SETTLEMENT, COLLATERAL, PERPETUAL] = [0n, 1n, 2n] as const;

/** Terms of the accounts, as `marketState` of the settlement token's market. */
export function settlementState(terms: MarginAccountTerms): readonly bigint[] {
  return [
    SETTLEMENT,
    BigInt(terms.decimals),
    terms.initialMarginE6,
    terms.maintenanceMarginE6,
    terms.liquidationPenaltyE6,
    terms.collateralMarginBufferE6,
    terms.debtToCollateralE6,
    terms.debtThreshold,
    terms.collateralLiquidationE6,
    terms.collateralDust,
    terms.collateralFundFeeE6,
  ];
}

/** The terms of the accounts from `settlementState`. */
export function termsOfState(state: readonly bigint[]): MarginAccountTerms {
  return {
    decimals: Number(state[1]!),
    initialMarginE6: state[2]!,
    maintenanceMarginE6: state[3]!,
    liquidationPenaltyE6: state[4]!,
    collateralMarginBufferE6: state[5]!,
    debtToCollateralE6: state[6]!,
    debtThreshold: state[7]!,
    collateralLiquidationE6: state[8]!,
    collateralDust: state[9]!,
    collateralFundFeeE6: state[10]!,
  };
}

/** Decimals of the token and of its price, and its discount, as `marketState` of a collateral's market. */
export function collateralState(
  { decimals, discountE6 }: MarginCollateralTerms,
  priceDecimals: number,
): readonly bigint[] {
  return [COLLATERAL, BigInt(decimals), BigInt(priceDecimals), discountE6];
}

/** What `collateralState` says: decimals of the token, wads per unit of its price, its discount. */
export function collateralUnits(state: readonly bigint[]) {
  return { decimals: Number(state[1]!), wadPerAnswer: 10n ** (18n - state[2]!), discountE6: state[3]! };
}

export const perpetualState: readonly bigint[] = [PERPETUAL];
