import type { FeedId } from '../id.ts';
import type {
  CappedByFormula,
  CappedFormula,
  DiscountedFormula,
  FeedFormula,
  ProductFormula,
  RateCap,
  RateFormula,
} from './formula.ts';

/** Greatest value of the contracts' signed 256-bit words; a product above it reverts. */
const MOST = 2n ** 255n - 1n;

/**
 * What a contract of this formula answers at a time (unix seconds) when the feeds that it asks answer so; raw, rounded as
 * the contract rounds. `answerOf` gives a feed's raw answer, undefined when it gives none.
 *
 * Undefined when the contract reverts: a feed gives no answer, a product does not fit into its words, the time is before
 * that of the rate's cap, the discount exceeds everything; and for a formula that is not known. Zero or less is an
 * answer, and no price: so are 0 the answers of the contracts over a feed that answers zero or less.
 *
 * Sources: Aave's `PriceCapAdapterBase`, `PriceCapAdapterStable`, `EURPriceCapAdapterStable`, `FixedPriceAdapter`,
 * `PendlePriceCapAdapter`, `CLSynchronicityPriceAdapterPegToBase` and `…BaseToPeg`,
 * `FixedRatioSynchronicityPriceAdapterBaseToPeg`, `DiscountedMKRSKYAdapter`, each its `latestAnswer` (aave-price-feeds
 * at 76a1e328); `latestRoundData` of `WstEthStEthExchangeRateChainlinkAdapter` (morpho-blue-oracles at e32d8902) and of
 * `PendleSparkLinearDiscountOracle`.
 */
export function formulaAnswer(
  formula: FeedFormula,
  answerOf: (feed: FeedId) => bigint | undefined,
  time: number,
): bigint | undefined {
  switch (formula.form) {
    case 'constant':
      return formula.answer;
    case 'capped':
      return cappedAnswer(formula, answerOf(formula.base));
    case 'capped-by':
      return cappedByAnswer(formula, answerOf(formula.base), answerOf(formula.ceiling));
    case 'rate':
      return rateAnswer(formula, formula.base === undefined ? 'none' : answerOf(formula.base), time);
    case 'product':
      return productAnswer(formula, answerOf);
    case 'discounted':
      return discountedAnswer(formula, formula.base === undefined ? 'none' : answerOf(formula.base), time);
    case 'unknown':
      return undefined;
  }
}

/** The rate that counts at a time: the rate itself, or its cap where that is lower. Undefined where the cap reverts. */
export function cappedRate(
  { rate, cap }: Pick<RateFormula, 'rate' | 'cap'>,
  time: number,
): bigint | undefined {
  if (cap === undefined) return rate;
  const greatest = greatestRate(cap, time);
  if (greatest === undefined) return undefined;
  return greatest < rate ? greatest : rate;
}

/** Part of `one` that is left after the discount at a time, rounded up (the discount is floored). Undefined where it reverts. */
export function undiscountedPart(
  { maturity, discountPerYear, secondsPerYear, one }: Omit<DiscountedFormula, 'form' | 'base'>,
  time: number,
): bigint | undefined {
  const now = BigInt(time);
  const left = maturity > now ? maturity - now : 0n;
  if (secondsPerYear <= 0n) return undefined;
  const discount = (left * discountPerYear) / secondsPerYear;
  return discount > one ? undefined : one - discount;
}

/** The greatest rate that counts at a time, in the decimals of the formula's rate. Undefined where the contract reverts. */
export function greatestRate(
  { rate, since, growthPerSecond, growthScale }: RateCap,
  time: number,
): bigint | undefined {
  const seconds = BigInt(time) - since;
  if (seconds < 0n || growthScale <= 0n) return undefined;
  return fitting(rate + (growthPerSecond * seconds) / growthScale);
}

function cappedAnswer({ greatest }: CappedFormula, base: bigint | undefined): bigint | undefined {
  if (base === undefined) return undefined;
  if (base > greatest) return greatest;
  return base <= 0n ? 0n : base;
}

function cappedByAnswer(
  { ratio, ratioDecimals }: CappedByFormula,
  base: bigint | undefined,
  ceiling: bigint | undefined,
): bigint | undefined {
  if (base === undefined || ceiling === undefined) return undefined;
  const product = fitting(ceiling * ratio);
  if (product === undefined) return undefined;
  const greatest = product / 10n ** BigInt(ratioDecimals);
  return base > greatest ? greatest : base;
}

/** What a formula may be based on: an answer, none though there should be one, or nothing at all. */
type Based = bigint | undefined | 'none';

function rateAnswer(formula: RateFormula, base: Based, time: number): bigint | undefined {
  if (base === undefined) return undefined;
  if (formula.rate <= 0n || (base !== 'none' && base <= 0n)) return 0n;
  const rate = cappedRate(formula, time);
  if (rate === undefined || base === 'none') return rate;
  const product = fitting(base * rate);
  return product === undefined ? undefined : product / 10n ** BigInt(formula.rateDecimals);
}

function productAnswer(
  { times, over, multiplier, divisor }: ProductFormula,
  answerOf: (feed: FeedId) => bigint | undefined,
): bigint | undefined {
  const above = times.map(answerOf);
  const below = over.map(answerOf);
  const asked = [...above, ...below];
  if (asked.includes(undefined)) return undefined;
  if (asked.some((answer) => answer! <= 0n)) return 0n;
  const numerator = fitting(above.reduce<bigint>((product, answer) => product * answer!, multiplier));
  const denominator = fitting(below.reduce<bigint>((product, answer) => product * answer!, divisor));
  if (numerator === undefined || denominator === undefined || denominator === 0n) return undefined;
  return numerator / denominator;
}

function discountedAnswer(formula: DiscountedFormula, base: Based, time: number): bigint | undefined {
  if (base === undefined) return undefined;
  if (base !== 'none' && base <= 0n) return 0n;
  const part = undiscountedPart(formula, time);
  if (part === undefined || base === 'none') return part;
  const product = fitting(base * part);
  return product === undefined || formula.one <= 0n ? undefined : product / formula.one;
}

function fitting(value: bigint): bigint | undefined {
  return value <= MOST && value >= -MOST ? value : undefined;
}
