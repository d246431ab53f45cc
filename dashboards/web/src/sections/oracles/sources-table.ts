import { count, price } from '../../format/number.ts';
import type { State } from '../../frame/state.ts';
import { table } from '../../frame/table.ts';
import { element, type Markup } from '../../markup/element.ts';
import type { MarketSource, Oracle } from './load.ts';
import { ageWords, REJECTED, sourceName } from './words.ts';

/** What one source says of one asset. */
export interface SourceRow extends MarketSource {
  readonly symbolOfAsset: string;
  readonly addressOfAsset: string;
}

/** Everybody who was asked what something trades at, each once; nothing where only pools were. */
export function sourceRows(oracles: readonly Pick<Oracle, 'market'>[]): readonly SourceRow[] {
  const markets = new Map(oracles.flatMap(({ market }) => (market ? [[market.of.address, market]] : [])));
  const rows = [...markets.values()].flatMap(({ of, sources }) =>
    sources.map((source) => ({ ...source, symbolOfAsset: of.symbol, addressOfAsset: of.address })),
  );
  return rows.some(({ kind }) => kind === 'exchange') ? rows : [];
}

/** Who stands behind market prices, and who does not and why. */
export function sourcesTable(state: State, oracles: readonly Pick<Oracle, 'market'>[]): Markup | undefined {
  const rows = sourceRows(oracles);
  if (rows.length === 0) return undefined;
  const out = rows.filter(({ rejected }) => rejected !== null).length;
  return element(
    'details',
    { key: 'sources', id: 'market-sources' },
    element('summary', {}, `Who stands behind market prices (${count(rows.length)}, ${count(out)} left out)`),
    table(
      rows,
      {
        id: 'market-sources',
        caption:
          'Pools and exchanges that were asked; the weighted median of those that count is the market price',
        columns: [
          { name: 'Asset', value: ({ symbolOfAsset }) => symbolOfAsset },
          { name: 'Source', value: sourceName, also: [{ name: 'Name', value: ({ name }) => name }] },
          {
            name: 'Price',
            unit: 'USD',
            value: ({ priceUsd }) => priceUsd,
            cell: ({ priceUsd }) => (priceUsd === null ? 'not in USD' : price(priceUsd)),
          },
          {
            name: 'Weight',
            unit: 'USD',
            title: 'What pools pay while their price falls by 10 %; what an exchange traded in 24 hours',
            value: ({ weightUsd }) => weightUsd,
          },
          {
            name: 'Age',
            unit: 'count',
            title: 'Seconds since it said so, at the block',
            value: ({ ageSeconds }) => ageSeconds,
            cell: ageWords,
            also: [
              { name: 'Clock ahead in seconds', unit: 'count', value: ({ clockSeconds }) => clockSeconds },
            ],
          },
          { name: 'Left out because', value: ({ rejected }) => rejected && REJECTED[rejected] },
        ],
        keyOf: ({ addressOfAsset, name, symbol }) => `${addressOfAsset} ${name} ${symbol}`,
      },
      state,
    ),
  );
}
