import type { CcxtCandle } from './load-client.ts';
import { isPrice, type PriceObservation } from './price-gate.ts';

const MINUTE = 60;

/**
 * Closes of candles of a minute that ended after one time and by another, as prices at their ends, part by part in order of time.
 * An exchange gives as many as it likes at once, some only the newest: it is asked until it gives nothing new.
 *
 * @param fetch candles from a time on, milliseconds since 1970.
 */
export async function* minuteCandles(
  market: Pick<PriceObservation, 'exchange' | 'symbol'>,
  { after, to }: { readonly after: number; readonly to: number },
  fetch: (sinceMs: number) => Promise<readonly CcxtCandle[]>,
): AsyncGenerator<readonly PriceObservation[]> {
  for (let known = after; ;) {
    // The first candle that ends after what is known begins in that very minute.
    const since = Math.floor(known / MINUTE) * MINUTE;
    const found: PriceObservation[] = [];
    for (const [startMs, , , , close] of await fetch(since * 1_000)) {
      const time = (startMs ?? Number.NaN) / 1_000 + MINUTE;
      if (!(time > known && time <= to) || !isPrice(close)) continue;
      known = time;
      found.push({ ...market, time, price: close, volume: undefined, exchangeTime: time, isCandle: true });
    }
    if (found.length === 0) return;
    yield found;
    if (known + MINUTE > to) return;
  }
}
