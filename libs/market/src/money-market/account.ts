import { WAD } from '@undertow/units';

/** What an owner has in one market that it entered. */
export interface MoneyMarketLeg {
  /** Units of the market's token. */
  readonly tokens: bigint;
  readonly exchangeRateWad: bigint;
  /** Raw units of the asset. */
  readonly debt: bigint;
  readonly collateralFactorWad: bigint;
  /** USD per raw unit of the asset × 10³⁶: the oracle's answer in 18 decimals, scaled up by 10^(18 − decimals). */
  readonly priceE36: bigint;
}

/** What backs an account, and what it must back; USD with 18 decimals. */
export interface MoneyMarketSums {
  readonly collateral: bigint;
  readonly debt: bigint;
}

/**
 * Sums over the markets that an owner entered; every product is floored to 18 decimals before the next, as the contract
 * does. Its answer is the difference: liquidity when positive, shortfall when negative.
 *
 * Source: `Comptroller.getHypotheticalAccountLiquidityInternal` (of Venus: `ComptrollerLens`), with nothing redeemed or
 * borrowed besides.
 */
export function moneyMarketSums(legs: readonly MoneyMarketLeg[]): MoneyMarketSums {
  let collateral = 0n;
  let debt = 0n;
  for (const leg of legs) {
    collateral += (valuePerTokenWad(leg) * leg.tokens) / WAD;
    debt += (leg.priceE36 * leg.debt) / WAD;
  }
  return { collateral, debt };
}

/**
 * As `moneyMarketSums`, if tokens of one of the markets were redeemed and more of it borrowed: both count as debt.
 * Source: `Comptroller.getHypotheticalAccountLiquidity`.
 */
export function moneyMarketSumsAfter(
  legs: readonly MoneyMarketLeg[],
  effect: { readonly leg: number; readonly redeemTokens: bigint; readonly borrow: bigint },
): MoneyMarketSums {
  const { collateral, debt } = moneyMarketSums(legs);
  const leg = legs[effect.leg];
  if (!leg) return { collateral, debt };
  const redeemed = (valuePerTokenWad(leg) * effect.redeemTokens) / WAD;
  return { collateral, debt: debt + redeemed + (leg.priceE36 * effect.borrow) / WAD };
}

function valuePerTokenWad({ collateralFactorWad, exchangeRateWad, priceE36 }: MoneyMarketLeg): bigint {
  return (((collateralFactorWad * exchangeRateWad) / WAD) * priceE36) / WAD;
}

/** Liquidatable: a shortfall of at least one unit. Source: `Comptroller.liquidateBorrowAllowed`. */
export function isMoneyMarketDue({ collateral, debt }: MoneyMarketSums): boolean {
  return debt > collateral;
}

/** ⌊collateral ÷ debt⌋, wad: below one exactly when liquidatable; undefined without debt. No view of the contracts. */
export function moneyMarketHealthWad({ collateral, debt }: MoneyMarketSums): bigint | undefined {
  return debt === 0n ? undefined : (collateral * WAD) / debt;
}

/** What a feed's answer is multiplied by for `priceE36`; undefined when there are more decimals than the oracle takes. */
export function moneyMarketAnswerScale(feedDecimals: number, assetDecimals: number): bigint | undefined {
  const isKnown = feedDecimals >= 0 && feedDecimals <= 18 && assetDecimals >= 0 && assetDecimals <= 18;
  return isKnown ? 10n ** BigInt(36 - feedDecimals - assetDecimals) : undefined;
}

const MOST_ANSWER_BITS = 128;

/**
 * The answer of one feed at which an account becomes liquidatable, nearest to the line on the liquidatable side;
 * undefined when the feed alone does not decide. `at`: the account's legs at an answer.
 */
export function moneyMarketLiquidationAnswer(
  at: (answer: bigint) => readonly MoneyMarketLeg[],
): bigint | undefined {
  const isDue = (answer: bigint) => isMoneyMarketDue(moneyMarketSums(at(answer)));
  let low = 1n;
  let high = 1n << BigInt(MOST_ANSWER_BITS);
  const lowIsDue = isDue(low);
  if (lowIsDue === isDue(high)) return undefined;
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (isDue(middle) === lowIsDue) low = middle;
    else high = middle;
  }
  return lowIsDue ? low : high;
}
