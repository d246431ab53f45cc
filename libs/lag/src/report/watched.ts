import type { AssetRow, Book } from '@undertow/book';
import type { FeedId } from '@undertow/market';
import type { Reading } from '../monitor/reading.ts';
import type { SourceStanding } from './source-standings.ts';
import type { FeedStanding, OracleReport, OracleStanding, PairStanding } from './oracle-report.ts';

/** What can be measured over time: a base feed, an oracle of an asset, a collateral against a debt, an asset with several prices, a source of market prices. */
export type SubjectKind = 'feed' | 'oracle' | 'pair' | 'asset' | 'source';

/** Something that is watched, and what was measured of it at one moment. */
export interface Watched {
  readonly kind: SubjectKind;
  /** What names it, the same from block to block: its kind, and ids and addresses that never change. */
  readonly subject: string;
  /** What people call it. */
  readonly label: string;
  /** Symbols of the assets that hang on it, the one with the most first. */
  readonly assets: readonly string[];
  readonly venues: readonly string[];
  /** Collateral and debt that hang on it, USD; of a pair the debt. */
  readonly atStakeUsd: number;
  readonly values: Reading['values'];
}

/** What names a feed among all that is watched. */
export const feedSubject = (feed: FeedId): string => `feed ${feed}`;

/** The feed that a subject names; undefined when it names something else. */
export const feedOfSubject = (subject: string): FeedId | undefined =>
  subject.startsWith('feed ') ? subject.slice('feed '.length) : undefined;

/** Everything in a report that is watched over time, also what has no value now. */
export function watchedOf(book: Book, report: OracleReport): Watched[] {
  const { oracles, feeds, pairs, assets, sources } = report;
  const symbolOf = (row: AssetRow) => book.assets[row]!.symbol;
  return [
    ...feeds.map((feed) => watchedFeed(book, feed, oracles)),
    ...oracles.map(({ id, asset, venues, pricedUsd, values }): Watched => ({
      ...{ kind: 'oracle', subject: `oracle ${book.assets[asset]!.address} ${id}`, venues, values },
      label: `${symbolOf(asset)} at ${venues.join(', ')}`,
      ...{ assets: [symbolOf(asset)], atStakeUsd: pricedUsd },
    })),
    ...pairs.map((pair) => watchedPair(book, pair)),
    ...assets.map(({ asset, oracles: own, pricedUsd, values }): Watched => ({
      ...{ kind: 'asset', subject: `asset ${book.assets[asset]!.address}`, values },
      ...{ label: symbolOf(asset), assets: [symbolOf(asset)], atStakeUsd: pricedUsd },
      venues: [...new Set(own.flatMap(({ venues }) => venues))],
    })),
    ...sources.map((source) => watchedSource(book, source, oracles)),
  ];
}

/** What is priced by the market that a source speaks of hangs on it. */
function watchedSource(
  book: Book,
  { kind, name, symbol, of, values }: SourceStanding,
  oracles: readonly OracleStanding[],
): Watched {
  const own = oracles.filter(({ market }) => market?.of === of);
  const { address, symbol: asset } = book.assets[of]!;
  return {
    ...{ kind: 'source', values },
    subject: `source ${kind === 'pools' ? `pools ${address}` : `${name} ${symbol}`}`,
    label: kind === 'pools' ? `pools of ${asset}` : `${symbol} at ${name}`,
    assets: [...new Set([asset, ...own.map((oracle) => book.assets[oracle.asset]!.symbol)])],
    venues: [...new Set(own.flatMap(({ venues }) => venues))],
    atStakeUsd: own.reduce((sum, { pricedUsd }) => sum + pricedUsd, 0),
  };
}

function watchedFeed(
  book: Book,
  { id, label, values }: FeedStanding,
  oracles: readonly OracleStanding[],
): Watched {
  const own = oracles.filter(({ feeds }) => feeds.some((row) => book.feeds[row]!.id === id));
  return {
    ...{ kind: 'feed', subject: feedSubject(id), label, values },
    assets: [...new Set(own.map(({ asset }) => book.assets[asset]!.symbol))],
    venues: [...new Set(own.flatMap(({ venues }) => venues))],
    atStakeUsd: own.reduce((sum, { pricedUsd }) => sum + pricedUsd, 0),
  };
}

function watchedPair(
  book: Book,
  { venue, market, label, collateral, debt, debtUsd, values }: PairStanding,
): Watched {
  const [held, owed] = [collateral, debt].map((row) => book.assets[book.oracles[row]!.asset]!);
  const assets = [held!.symbol, owed!.symbol];
  return {
    ...{ kind: 'pair', values, assets, venues: [venue], atStakeUsd: debtUsd },
    subject: `pair ${venue} ${market === '' ? `${held!.address} ${owed!.address}` : market}`,
    label: `${label === '' ? assets.join(' against ') : label} at ${venue}`,
  };
}
