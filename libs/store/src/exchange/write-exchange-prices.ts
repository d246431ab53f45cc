import { assert } from '@undertow/units';
import { textCell } from '../facts/cell.ts';
import { inTransaction } from '../in-transaction.ts';
import type { Store } from '../open-store.ts';

/** What an exchange said that one of its markets trades at. A fact by time, not by block: no reorganisation drops it. */
export interface ExchangePrice {
  readonly exchange: string;
  readonly symbol: string;
  /** When we saw it, unix seconds; of a candle, which was fetched later, its end. */
  readonly time: number;
  /** In units of the quote; above 0. */
  readonly price: number;
  /** Traded in the 24 hours before, in units of the quote; undefined where the exchange does not say. */
  readonly volume: number | undefined;
  /** What the exchange's own clock said, unix seconds; undefined where it does not say. */
  readonly exchangeTime: number | undefined;
  /** True of the close of a candle of a minute, which fills a gap. */
  readonly isCandle: boolean;
}

/** Rows of one statement. */
const AT_ONCE = 5_000;

/**
 * Stores prices of exchanges, each once: a price of the same market and time is not stored again, whatever it says: the first counts. The bars of
 * hours and days grow in the same statement, by exactly what was stored, so that they are true whenever and in whatever order
 * prices come.
 *
 * @returns how many were not there before.
 */
export async function writeExchangePrices(store: Store, prices: readonly ExchangePrice[]): Promise<number> {
  for (const { exchange, symbol, price, volume, time } of prices) {
    const isSound = price > 0 && Number.isFinite(price) && Number.isFinite(time) && isVolume(volume);
    assert(isSound, `what ${exchange} said of ${symbol} is no price with a time`);
  }
  let written = 0;
  for (let at = 0; at < prices.length; at += AT_ONCE)
    written += await writeSome(store, prices.slice(at, at + AT_ONCE));
  return written;
}

const isVolume = (volume: number | undefined) =>
  volume === undefined || (volume >= 0 && Number.isFinite(volume));

async function writeSome(store: Store, prices: readonly ExchangePrice[]): Promise<number> {
  return inTransaction(store, 'storing prices of exchanges', async (client) => {
    // TimescaleDB bounds how many compressed rows may be touched, and what fills a gap may be of a compressed time.
    await client.query(
      `SELECT set_config('timescaledb.max_tuples_decompressed_per_dml_transaction', '0', true)`,
    );
    const { rows } = await client.query<{ written: string }>(
      `WITH fresh AS (
         INSERT INTO exchange_price (exchange, symbol, time, price, volume, exchange_time, is_candle)
         SELECT exchange, symbol, to_timestamp(at), price, volume, to_timestamp(exchange_at), is_candle
         FROM unnest($1::text[], $2::text[], $3::float8[], $4::float8[], $5::float8[], $6::float8[], $7::boolean[]) WITH ORDINALITY
           AS given (exchange, symbol, at, price, volume, exchange_at, is_candle, place)
         ORDER BY exchange, symbol, at, place
         ON CONFLICT DO NOTHING RETURNING exchange, symbol, time, price),
       hours AS (${addToBars('hour')}),
       days AS (${addToBars('day')})
       SELECT count(*) AS written FROM fresh`,
      [
        prices.map(({ exchange }) => textCell(exchange)),
        prices.map(({ symbol }) => textCell(symbol)),
        prices.map(({ time }) => time),
        prices.map(({ price }) => price),
        prices.map(({ volume }) => volume ?? null),
        prices.map(({ exchangeTime }) => exchangeTime ?? null),
        prices.map(({ isCandle }) => isCandle),
      ],
    );
    return Number(rows[0]!.written);
  });
}

/** Adds the fresh prices to their bars. In the order of the key, so that two that write at once do not wait for each other. */
const addToBars = (step: 'hour' | 'day') =>
  `INSERT INTO exchange_${step}_kept AS kept (exchange, symbol, bucket, open, high, low, close, first, last, prices)
   SELECT exchange, symbol, date_bin('1 ${step}', time, '2000-01-03 00:00:00+00'),
     (array_agg(price ORDER BY time))[1], max(price), min(price), (array_agg(price ORDER BY time DESC))[1],
     min(time), max(time), count(*)
   FROM fresh GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
   ON CONFLICT (exchange, symbol, bucket) DO UPDATE SET
     open = CASE WHEN excluded.first < kept.first THEN excluded.open ELSE kept.open END,
     high = greatest(kept.high, excluded.high), low = least(kept.low, excluded.low),
     close = CASE WHEN excluded.last > kept.last THEN excluded.close ELSE kept.close END,
     first = least(kept.first, excluded.first), last = greatest(kept.last, excluded.last),
     prices = kept.prices + excluded.prices`;
