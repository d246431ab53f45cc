import { isCalledDollar } from '@undertow/book';
import { readExchangeMarkets, readExchangeSeries, STEP_SECONDS, type Store } from '@undertow/store';
import type { PriceRow } from '@undertow/sweep';
import { UsageError } from '../explain-error.ts';
import { withIndexed } from '../read-book.ts';

/** The end of the year 9999. */
const LAST_TIME = 253_402_300_799;
/** Points that are read at once. */
const AT_ONCE = 10_000;

/**
 * Prices of exchanges that are stored, hour by hour: of each coin the market in dollars that has most hours, as a price in USD of the
 * coin. An hour's last price is known when the hour is over.
 *
 * @throws UsageError when none is stored.
 */
export async function storedPriceRows(from: {
  readonly data: string;
  readonly chain: number | undefined;
}): Promise<PriceRow[]> {
  const byCoin = await withIndexed(from, async (store) => {
    const found = new Map<string, PriceRow[]>();
    for (const { exchange, symbol, base, quote } of await readExchangeMarkets(store)) {
      // What is called a dollar is taken for one: USDT, USDC.
      if (!isCalledDollar(quote, 1)) continue;
      const hours = (await hoursOf(store, { exchange, symbol })).map(({ time, close }) => ({
        time: time + STEP_SECONDS.hour,
        symbol: base,
        price: close,
      }));
      if (hours.length > (found.get(base)?.length ?? 0)) found.set(base, hours);
    }
    return found;
  });
  if (byCoin.size === 0)
    throw new UsageError(
      'No prices of exchanges in dollars are stored: start with --exchanges, or give files with --prices.',
    );
  return [...byCoin.values()].flat();
}

async function hoursOf(
  store: Store,
  market: { readonly exchange: string; readonly symbol: string },
): Promise<{ readonly time: number; readonly close: number }[]> {
  const hours: { time: number; close: number }[] = [];
  let from: number | undefined = 0;
  while (from !== undefined) {
    const part: Awaited<ReturnType<typeof readExchangeSeries>> = await readExchangeSeries(store, {
      ...market,
      from,
      to: LAST_TIME,
      step: 'hour',
      most: AT_ONCE,
    });
    hours.push(...part.points);
    from = part.next;
  }
  return hours;
}
