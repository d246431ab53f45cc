import { BadDataError } from '@undertow/units';

/** What SmartLTV looks at: of a pair, how far it moves in a day, how much can be sold, and how much may be lent. */
export interface SmartTerms {
  /** σ, standard deviation of the log price of the collateral in the debt over a day, a ratio. */
  readonly volatility: number;
  /** ℓ, what can be sold within the bonus's price impact, in the same unit as the cap. */
  readonly liquidity: number;
  /** d, the supply cap: what is lent at most. */
  readonly cap: number;
  /** β, the liquidation bonus, 0.05 = 5 %. */
  readonly bonus: number;
}

/**
 * The liquidation threshold that SmartLTV gives: exp(−c σ ÷ √(ℓ ÷ d)) − β, a ratio, at least 0.
 *
 * @param confidence c, how many deviations must fit: larger is safer.
 * @throws BadDataError for a term that is negative or no number, and for a cap of 0 or less: with no cap, nothing to divide by.
 *
 * Source: backstop-protocol/smart-ltv, `SmartLTV.ltv` (the contract's own integers agree to 1e-8); its test
 * `testLTVCalculationExact`.
 */
export function smartLoanToValue(
  { volatility, liquidity, cap, bonus }: SmartTerms,
  confidence: number,
): number {
  notNegative({ volatility, liquidity, bonus, confidence });
  above0({ cap });
  if (volatility * confidence === 0) return Math.max(0, 1 - bonus);
  return Math.max(0, Math.exp((-confidence * volatility) / Math.sqrt(liquidity / cap)) - bonus);
}

/**
 * SmartLTV the other way round: the risk level r = 1 ÷ c that a threshold takes, σ √d ÷ (ln(1 ÷ (threshold + β)) √ℓ). Larger is
 * riskier; Infinity where threshold and bonus leave no room (together 1 or more) or nothing can be sold.
 *
 * @throws BadDataError as `smartLoanToValue`, and for a threshold of 0 or less.
 */
export function smartRiskLevel({ volatility, liquidity, cap, bonus }: SmartTerms, threshold: number): number {
  notNegative({ volatility, liquidity, bonus });
  above0({ cap, threshold });
  const room = Math.log(1 / (threshold + bonus));
  if (!(room > 0) || liquidity === 0) return Infinity;
  return (volatility * Math.sqrt(cap)) / (room * Math.sqrt(liquidity));
}

function notNegative(terms: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(terms))
    if (!(value >= 0 && Number.isFinite(value)))
      throw new BadDataError(`${name} must be a number of at least 0, but is ${value}`);
}

function above0(terms: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(terms))
    if (!(value > 0 && Number.isFinite(value)))
      throw new BadDataError(`${name} must be a number above 0, but is ${value}`);
}
