import { WAD } from '@undertow/units';
import type { CdpTotals } from './account.ts';

/**
 * Collateral ÷ debt, wad: `⌊collateral · price ÷ debt⌋`; undefined without debt (the contract returns 2²⁵⁶ − 1).
 * Of a position `getCurrentICR`, of the system `getTCR`. Source: `LiquityMath._computeCR` of MUSD 1.1.0.
 */
export function collateralRatioWad({ collateral, debt }: CdpTotals, priceWad: bigint): bigint | undefined {
  return debt === 0n ? undefined : (collateral * priceWad) / debt;
}

/**
 * May the position be liquidated? Recovery mode makes no difference here, other than in the system that this one comes
 * from. Source: `TroveManager._getTotalsFromBatchLiquidate`.
 */
export function isCdpLiquidatable(of: CdpTotals, priceWad: bigint, leastRatioWad: bigint): boolean {
  const ratioWad = collateralRatioWad(of, priceWad);
  return ratioWad !== undefined && ratioWad < leastRatioWad;
}

/** Collateral ÷ what the debt must be backed by, wad; below one exactly when it is liquidatable. */
export function cdpHealthFactorWad(
  { collateral, debt }: CdpTotals,
  priceWad: bigint,
  leastRatioWad: bigint,
): bigint | undefined {
  return debt === 0n ? undefined : (collateral * priceWad * WAD) / (debt * leastRatioWad);
}

/**
 * The highest raw answer of the oracle at which a position may be liquidated: the largest with
 * `collateral · answer · scale < least ratio · debt`. Undefined without debt or collateral (then no answer makes a
 * difference) and when there is no answer above zero.
 */
export function cdpLiquidationAnswer(
  { collateral, debt }: CdpTotals,
  by: { readonly leastRatioWad: bigint; readonly answerScale: bigint },
): bigint | undefined {
  if (collateral === 0n || debt === 0n) return undefined;
  const unit = collateral * by.answerScale;
  const answer = (by.leastRatioWad * debt + unit - 1n) / unit - 1n;
  return answer > 0n ? answer : undefined;
}

/** What an oracle's raw answer is multiplied by to be a price, wad; decimals above 18 are not modelled. Source: `PriceFeed._scalePriceByDigits`. */
export function answerScaleWad(decimals: number): bigint | undefined {
  return decimals <= 18 ? 10n ** BigInt(18 - decimals) : undefined;
}
