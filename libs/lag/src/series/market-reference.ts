import { BadDataError } from '@undertow/units';
import { median } from 'd3-array';

/** What one source says an asset is worth at a moment. */
export interface SourcePrice {
  readonly source: string;
  readonly price: number;
  /** How much it counts, such as its depth or volume in USD; above 0. */
  readonly weight: number;
  /** Seconds since the source last said something. */
  readonly ageSeconds: number;
}

/** Why a source does not count: too old, far from the others, no price above 0, or in a currency that nobody gives in USD. */
export type Rejection = 'old' | 'outlier' | 'no-price' | 'not-convertible';

/** The market's price of an asset, with who stands behind it. */
export interface MarketReference {
  /** Weighted median of the sources that count. */
  readonly price: number;
  readonly counted: readonly string[];
  /** Sources that do not count, and why. */
  readonly rejected: readonly { readonly source: string; readonly reason: Rejection }[];
  /** Greatest distance of a counted source from the price, as a ratio of it. */
  readonly spread: number;
}

export interface ReferenceOptions {
  /** Sources that have said nothing for longer do not count. */
  readonly oldestSeconds: number;
  /** How many robust standard deviations (1.4826 × median distance from the median) a source may be away. */
  readonly outlierDeviations: number;
  /** A distance that is never an outlier, as a ratio: sources of a quiet market agree to the last digit. */
  readonly ordinarySpread: number;
}

export const DEFAULT_REFERENCE: ReferenceOptions = {
  oldestSeconds: 300,
  outlierDeviations: 5,
  ordinarySpread: 0.002,
};

/** Makes a median distance the standard deviation of a normal distribution. */
const NORMAL = 1.4826;

/**
 * The weighted median of what sources say, without the old and the outlying ones. Undefined when none counts. With two sources
 * nobody can say which of them lies: both count, and `spread` shows how far they are apart.
 *
 * @throws BadDataError for a weight that is not above 0.
 */
export function marketReference(
  sources: readonly SourcePrice[],
  options: ReferenceOptions = DEFAULT_REFERENCE,
): MarketReference | undefined {
  const { oldestSeconds, outlierDeviations, ordinarySpread } = options;
  const rejected: { source: string; reason: Rejection }[] = [];
  const fresh = sources.filter(({ source, price, weight, ageSeconds }) => {
    if (!(weight > 0)) throw new BadDataError(`the weight of ${source} must be above 0, but is ${weight}`);
    const isPrice = price > 0 && Number.isFinite(price);
    if (!isPrice) rejected.push({ source, reason: 'no-price' });
    else if (ageSeconds > oldestSeconds) rejected.push({ source, reason: 'old' });
    return isPrice && ageSeconds <= oldestSeconds;
  });
  const middle = median(fresh.map(({ price }) => price));
  if (middle === undefined) return undefined;
  const distances = fresh.map(({ price }) => Math.abs(price - middle));
  const usual = NORMAL * median(distances)!;
  const allowed = Math.max(outlierDeviations * usual, ordinarySpread * middle);
  const counted = fresh.filter(({ source }, row) => {
    const isOut = fresh.length > 2 && distances[row]! > allowed;
    if (isOut) rejected.push({ source, reason: 'outlier' });
    return !isOut;
  });
  const price = weightedMedian(counted);
  const spread = Math.max(...counted.map((one) => Math.abs(one.price / price - 1)));
  return { price, counted: counted.map(({ source }) => source), rejected, spread };
}

/** The lowest price at which half of the weight is reached; between two where exactly half is. */
function weightedMedian(sources: readonly SourcePrice[]): number {
  const sorted = [...sources].sort((a, b) => a.price - b.price);
  const half = sorted.reduce((sum, { weight }) => sum + weight, 0) / 2;
  let reached = 0;
  for (const [row, { price, weight }] of sorted.entries()) {
    reached += weight;
    if (reached === half) return (price + sorted[row + 1]!.price) / 2;
    if (reached > half) return price;
  }
  throw new Error('bug: a weighted median of nothing');
}
