const Q96 = 1n << 96n;
const WAD = 10n ** 18n;

/** `PerpMath.formatSqrtPriceX96ToPriceX96`, down. */
export const priceX96 = (sqrtPriceX96: bigint) => (sqrtPriceX96 * sqrtPriceX96) / Q96;

/** `PerpMath.formatX96ToX10_18`, down. */
export const wadOfX96 = (valueX96: bigint) => (valueX96 * WAD) / Q96;

/** `PerpMath.formatX10_18ToX96`, down. */
export const x96OfWad = (valueWad: bigint) => (valueWad * Q96) / WAD;

/** Pool average − index average, at most a share of the index either way. Source: `Exchange._getDeltaTwapX96`. */
export function cappedPremiumX96(marketX96: bigint, indexX96: bigint, maxRateE6: bigint): bigint {
  const most = (indexX96 * maxRateE6) / 1_000_000n;
  const premium = marketX96 - indexX96;
  return premium > most ? most : premium < -most ? -most : premium;
}

/** Accrued premium × seconds at a time; the first settlement only starts the clock. */
export function accruedPremiumX96(
  { premiumX96, settledAt }: { readonly premiumX96: bigint; readonly settledAt: number },
  premiumNowX96: bigint,
  time: number,
): bigint {
  return settledAt === 0 ? premiumX96 : premiumX96 + premiumNowX96 * BigInt(time - settledAt);
}
