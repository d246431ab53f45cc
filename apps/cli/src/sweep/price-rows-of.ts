import type { PriceRow } from '@undertow/sweep';
import { namedPrices, readPriceRows } from './read-price-rows.ts';
import { storedPriceRows } from './stored-price-rows.ts';

/** What names the prices of exchanges in the database instead of a file. */
const STORED = 'stored';

/**
 * Prices as options name them: of files, and of the database for `stored`.
 *
 * @throws UsageError as `readPriceRows` and `storedPriceRows` do.
 */
export async function priceRowsOf({
  prices = [],
  data,
  chain,
}: {
  readonly prices?: readonly string[];
  readonly data: string;
  readonly chain?: number;
}): Promise<PriceRow[]> {
  const files = prices.filter((one) => one !== STORED);
  const stored = files.length < prices.length ? await storedPriceRows({ data, chain }) : [];
  return [...stored, ...(await readPriceRows(files.map(namedPrices)))];
}
