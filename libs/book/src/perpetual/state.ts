import type { MarginAccountTerms, MarginCollateralTerms } from '@undertow/market';
import type { MarginRule } from './rule.ts';

/** Positions worth at most this are liquidated whole, USD. `AccountBalance._MIN_PARTIAL_LIQUIDATE_POSITION_VALUE`. */
const LEAST_PARTIAL_USD = 100;

/** How the venue liquidates, in ratios and USD; a unit of the settlement token counts as a dollar. */
export function marginRule(terms: MarginAccountTerms): MarginRule {
  const ratio = (valueE6: bigint) => Number(valueE6) / 1e6;
  const unit = 10 ** terms.decimals;
  return {
    kernel: 'close-position',
    initialMargin: ratio(terms.initialMarginE6),
    maintenanceMargin: ratio(terms.maintenanceMarginE6),
    liquidationPenalty: ratio(terms.liquidationPenaltyE6),
    leastPartialUsd: LEAST_PARTIAL_USD,
    collateralMarginBuffer: ratio(terms.collateralMarginBufferE6),
    debtToCollateral: ratio(terms.debtToCollateralE6),
    debtThresholdUsd: Number(terms.debtThreshold) / unit,
    collateralShare: ratio(terms.collateralLiquidationE6),
    collateralDustUsd: Number(terms.collateralDust) / unit,
    collateralFundFee: ratio(terms.collateralFundFeeE6),
  };
}

/** Terms of the accounts in the contract's integers, as `BookExact.marketState` of the settlement token's market. */
export function settlementState(terms: MarginAccountTerms): readonly bigint[] {
  return [
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
export function settlementTerms(state: readonly bigint[]): MarginAccountTerms {
  return {
    decimals: Number(state[0]!),
    initialMarginE6: state[1]!,
    maintenanceMarginE6: state[2]!,
    liquidationPenaltyE6: state[3]!,
    collateralMarginBufferE6: state[4]!,
    debtToCollateralE6: state[5]!,
    debtThreshold: state[6]!,
    collateralLiquidationE6: state[7]!,
    collateralDust: state[8]!,
    collateralFundFeeE6: state[9]!,
  };
}

/** Decimals of the token and of its price, and its discount, as `marketState` of a collateral's market. */
export function collateralState(
  { decimals, discountE6 }: MarginCollateralTerms,
  priceDecimals: number,
): readonly bigint[] {
  return [BigInt(decimals), BigInt(priceDecimals), discountE6];
}

/** What `collateralState` says: decimals of the token, wads per unit of its price, its discount. */
export function collateralUnits(state: readonly bigint[]) {
  return { decimals: Number(state[0]!), wadPerAnswer: 10n ** (18n - state[1]!), discountE6: state[2]! };
}
