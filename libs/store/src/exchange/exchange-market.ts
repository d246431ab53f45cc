import { BadDataError } from '@undertow/units';
import { textCell } from '../facts/cell.ts';
import type { Store } from '../open-store.ts';
import { explained } from '../store-error.ts';

/** A market of an exchange that is or was watched. */
export interface ExchangeMarket {
  /** Such as `kraken`. */
  readonly exchange: string;
  /** What the exchange trades there, such as `ETH/USDT`. */
  readonly symbol: string;
  readonly base: string;
  readonly quote: string;
  /** Symbol of the asset that the base stands for, such as `WETH`. */
  readonly asset: string;
}

/** Notes what markets of exchanges are; one that is known already is noted anew. */
export async function writeExchangeMarkets(store: Store, markets: readonly ExchangeMarket[]): Promise<void> {
  if (markets.length === 0) return;
  const column = (of: (market: ExchangeMarket) => string) => markets.map((market) => textCell(of(market)));
  await explained('noting markets of exchanges', () =>
    store.pool.query(
      `INSERT INTO exchange_market (exchange, symbol, base, quote, asset)
       SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])
       ON CONFLICT (exchange, symbol) DO UPDATE
         SET base = excluded.base, quote = excluded.quote, asset = excluded.asset`,
      [
        column(({ exchange }) => exchange),
        column(({ symbol }) => symbol),
        column(({ base }) => base),
        column(({ quote }) => quote),
        column(({ asset }) => asset),
      ],
    ),
  );
}

/** All markets of exchanges, by exchange and symbol. */
export async function readExchangeMarkets(store: Store): Promise<readonly ExchangeMarket[]> {
  return explained('reading markets of exchanges', async () => {
    const { rows } = await store.pool.query<ExchangeMarket>(
      `SELECT exchange, symbol, base, quote, asset FROM exchange_market ORDER BY exchange COLLATE "C", symbol COLLATE "C"`,
    );
    return rows;
  });
}

/**
 * The market that a person names, in any case.
 *
 * @throws BadDataError that lists those that are known when there is none.
 */
export function findExchangeMarket(
  markets: readonly ExchangeMarket[],
  name: { readonly exchange: string; readonly symbol: string },
): ExchangeMarket {
  const isOf = (market: ExchangeMarket) => plain(market.exchange) === plain(name.exchange);
  const found = markets.find((market) => isOf(market) && plain(market.symbol) === plain(name.symbol));
  if (found) return found;
  const ofExchange = markets.filter(isOf);
  const known =
    ofExchange.length > 0
      ? ofExchange.map(({ symbol }) => symbol)
      : [...new Set(markets.map(({ exchange }) => exchange))];
  const what =
    ofExchange.length > 0
      ? `${name.exchange} has no market ${JSON.stringify(name.symbol.slice(0, 80))} that is watched`
      : `No exchange ${JSON.stringify(name.exchange.slice(0, 80))} is watched`;
  throw new BadDataError(`${what}. Known: ${known.length > 0 ? known.join(', ') : 'none yet'}.`);
}

const plain = (name: string) => name.trim().toLowerCase();
