import type { AssetRow } from '@undertow/book';
import { warningsOf, type Warning } from '../flags/warnings.ts';
import { readSource } from '../monitor/read-source.ts';
import type { Reading } from '../monitor/reading.ts';
import type { Moves } from '../series/moves-of.ts';
import type { AssetMarket, MarketSource } from './asset-markets.ts';

/** How what a market of an exchange said moved over the last hour, by our clock. */
export interface HeardMoves extends Moves {
  readonly exchange: string;
  /** Such as `ETH/USDT`. */
  readonly symbol: string;
}

/** A source of market prices against the others of its asset. */
export interface SourceStanding extends Pick<MarketSource, 'kind' | 'name' | 'symbol'> {
  /** The asset whose price it says. */
  readonly of: AssetRow;
  readonly values: Reading['values'];
  readonly warnings: readonly Warning[];
}

/**
 * Every source that somebody is asked of what an asset trades at, each once, by itself and against the others. Pools alone have nobody to
 * be held against.
 *
 * @param heard how what markets of exchanges said of late moved, each market once.
 */
export function sourceStandings(
  markets: readonly (AssetMarket | undefined)[],
  heard: readonly HeardMoves[],
): SourceStanding[] {
  const keyOf = (exchange: string, symbol: string | undefined) => `${exchange} ${symbol}`;
  const moves = new Map(heard.map((one) => [keyOf(one.exchange, one.symbol), one]));
  const distinct = new Map(markets.flatMap((market) => (market ? [[market.of, market] as const] : [])));
  return [...distinct.values()].flatMap(({ of, sources }) => {
    if (!sources.some(({ kind }) => kind === 'exchange')) return [];
    const fresh = sources.filter(({ rejected }) => rejected === undefined || rejected === 'outlier');
    const own = markets[of];
    return sources.map((source): SourceStanding => {
      const { kind, name, symbol, priceUsd, ageSeconds, clockSeconds } = source;
      const isExchange = kind === 'exchange';
      const values = readSource({
        heard: isExchange ? moves.get(keyOf(name, symbol)) : undefined,
        ageSeconds: isExchange ? ageSeconds : undefined,
        clockSeconds,
        price: fresh.includes(source) ? priceUsd : undefined,
        market: { price: own?.priceUsd, fresh: fresh.length },
      });
      return { kind, name, symbol, of, values, warnings: warningsOf({ values }) };
    });
  });
}
