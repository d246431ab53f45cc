import type { Store } from '../open-store.ts';
import { explained } from '../store-error.ts';
import type { ExchangePrice } from './write-exchange-prices.ts';

/** How the price of a market of an exchange moved in a time, summed up. */
export interface HeardMoves extends Pick<ExchangePrice, 'exchange' | 'symbol'> {
  /** How many prices it said. */
  readonly prices: number;
  /** The 90 % quantile of |moves| from one price to the next, as a ratio; 0 of one price alone. */
  readonly usual: number;
  /**
   * The greatest distance of a price from the nearer of its two neighbours, where these are less than half as far from each other: what moved
   * and came back. 0 without one.
   */
  readonly returned: number;
}

/** After when, and up to when: unix seconds. */
export interface MovesWanted {
  readonly after: number;
  readonly to: number;
}

/**
 * How the prices that markets of exchanges said in a time moved: one row a market that said something, however often it did, by exchange and
 * symbol. Closes of candles were not said then: none of them counts.
 */
export async function readExchangeMoves(
  store: Store,
  { after, to }: MovesWanted,
): Promise<readonly HeardMoves[]> {
  return explained('reading moves of exchanges', async () => {
    // A ratio of two prices that no market has must not be out of the range of numbers.
    const { rows } = await store.pool.query<HeardMoves>(
      `SELECT market.exchange, market.symbol, heard.*
       FROM exchange_market AS market
       CROSS JOIN LATERAL (
         SELECT count(*)::int AS prices,
           coalesce(percentile_cont(0.9) WITHIN GROUP (ORDER BY abs(price / before - 1)), 0) AS usual,
           coalesce(max(away) FILTER (WHERE abs(next / before - 1) < away / 2), 0) AS returned
         FROM (
           SELECT *, least(abs(price / before - 1), abs(price / next - 1)) AS away
           FROM (
             SELECT price, lag(price) OVER said AS before, lead(price) OVER said AS next
             FROM (
               SELECT time, least(greatest(price, 1e-100), 1e100) AS price FROM exchange_price
               WHERE exchange = market.exchange AND symbol = market.symbol AND NOT is_candle
                 AND time > to_timestamp($1::float8) AND time <= to_timestamp($2::float8)) AS prices
             WINDOW said AS (ORDER BY time)) AS beside) AS moved) AS heard
       WHERE heard.prices > 0
       ORDER BY market.exchange COLLATE "C", market.symbol COLLATE "C"`,
      [after, to],
    );
    return rows;
  });
}
