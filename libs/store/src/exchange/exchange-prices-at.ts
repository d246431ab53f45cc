import type { Store } from '../open-store.ts';
import { explained } from '../store-error.ts';
import type { ExchangeMarket } from './exchange-market.ts';
import type { ExchangePrice } from './write-exchange-prices.ts';

/** The newest price of a market of an exchange, with what the market is. */
export type SaidPrice = ExchangeMarket & ExchangePrice;

/** When, and how far back. */
export interface PricesAtWanted {
  /** Prices that came later are left out, unix seconds. */
  readonly time: number;
  /** Markets that have said nothing for so long are left out, seconds. */
  readonly withinSeconds: number;
}

/** The newest price of every market of every exchange at or before a time, by exchange and symbol. */
export async function readExchangePricesAt(
  store: Store,
  { time, withinSeconds }: PricesAtWanted,
): Promise<readonly SaidPrice[]> {
  return explained('reading prices of exchanges', async () => {
    const { rows } = await store.pool.query<
      ExchangeMarket & {
        readonly time: number;
        readonly price: number;
        readonly volume: number | null;
        readonly exchange_time: number | null;
        readonly is_candle: boolean;
      }
    >(
      `SELECT market.*, extract(epoch FROM said.time)::float8 AS time, price, volume,
         extract(epoch FROM exchange_time)::float8 AS exchange_time, is_candle
       FROM exchange_market AS market
       CROSS JOIN LATERAL (
         SELECT time, price, volume, exchange_time, is_candle FROM exchange_price
         WHERE exchange = market.exchange AND symbol = market.symbol
           AND time <= to_timestamp($1::float8) AND time > to_timestamp($1::float8 - $2)
         ORDER BY time DESC LIMIT 1) AS said
       ORDER BY market.exchange COLLATE "C", market.symbol COLLATE "C"`,
      [time, withinSeconds],
    );
    return rows.map(({ volume, exchange_time, is_candle, ...row }) => ({
      ...row,
      volume: volume ?? undefined,
      exchangeTime: exchange_time ?? undefined,
      isCandle: is_candle,
    }));
  });
}
