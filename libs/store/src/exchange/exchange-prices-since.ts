import type { Store } from '../open-store.ts';
import { explained } from '../store-error.ts';
import type { ExchangePrice } from './write-exchange-prices.ts';

/** A price that a market of an exchange said itself, by our clock. */
export type HeardPrice = Pick<ExchangePrice, 'exchange' | 'symbol' | 'time' | 'price'>;

/** After when, and up to when: unix seconds. */
export interface PricesSinceWanted {
  readonly after: number;
  readonly to: number;
}

/** Every price that markets of exchanges said in a time, each market by itself and in order of time. Closes of candles were not said then: none of them. */
export async function readExchangePricesSince(
  store: Store,
  { after, to }: PricesSinceWanted,
): Promise<readonly HeardPrice[]> {
  return explained('reading prices of exchanges', async () => {
    const { rows } = await store.pool.query<[exchange: string, symbol: string, time: number, price: number]>({
      text: `SELECT market.exchange, market.symbol, extract(epoch FROM said.time)::float8, price
       FROM exchange_market AS market
       CROSS JOIN LATERAL (
         SELECT time, price FROM exchange_price
         WHERE exchange = market.exchange AND symbol = market.symbol AND NOT is_candle
           AND time > to_timestamp($1::float8) AND time <= to_timestamp($2::float8)) AS said
       ORDER BY market.exchange COLLATE "C", market.symbol COLLATE "C", said.time`,
      values: [after, to],
      rowMode: 'array',
    });
    return rows.map(([exchange, symbol, time, price]) => ({ exchange, symbol, time, price }));
  });
}
