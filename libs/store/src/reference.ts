import type { Address, Asset, Feed, Mechanism, Pool, Reference, Venue } from '@undertow/market';
import type { ClientBase } from 'pg';
import { textCell } from './facts/cell.ts';
import type { Store } from './open-store.ts';
import { explained } from './store-error.ts';

/**
 * Everything known of a chain's venues, assets, feeds and pools, by id or address.
 *
 * `revertTo` leaves these rows: they say what a contract is, which a reorganisation does not change, and a row that no
 * fact names changes no book. If a contract does come back different at the same address, its source finds it again
 * and `writeFacts` replaces the row.
 */
export async function readReference(store: Store, chainId: number): Promise<Reference> {
  return explained('reading reference data', async () => {
    const rows = async <Row extends object>(table: string, key: string) =>
      (
        await store.pool.query<Row>(
          `SELECT * FROM ${table} WHERE chain_id = $1 ORDER BY ${key} COLLATE "C"`,
          [chainId],
        )
      ).rows;
    const [venues, assets, feeds, pools] = await Promise.all([
      rows<VenueRow>('venue', 'id'),
      rows<AssetRow>('asset', 'address'),
      rows<FeedRow>('feed', 'id'),
      rows<PoolRow>('pool', 'address'),
    ]);
    return {
      venues: venues.map(({ id, protocol, version, mechanism, address }) => ({
        ...{ id, chainId, protocol, version, mechanism, address },
      })),
      assets: assets.map(({ address, symbol, decimals }) => ({ chainId, address, symbol, decimals })),
      feeds: feeds.map(({ id, description, decimals, aggregator, least, greatest }) => ({
        ...{ id, chainId, description, decimals },
        ...(aggregator === null ? {} : { aggregator }),
        ...(least === null ? {} : { least: BigInt(least) }),
        ...(greatest === null ? {} : { greatest: BigInt(greatest) }),
      })),
      pools: pools.map(({ address, token0, token1, fee_pips, tick_spacing }) => ({
        ...{ address, chainId, token0, token1 },
        feePips: fee_pips,
        tickSpacing: tick_spacing,
      })),
    };
  });
}

interface VenueRow {
  readonly id: string;
  readonly protocol: string;
  readonly version: string;
  readonly mechanism: Mechanism;
  readonly address: Address;
}

interface AssetRow {
  readonly address: Address;
  readonly symbol: string;
  readonly decimals: number;
}

interface FeedRow {
  readonly id: string;
  readonly description: string;
  readonly decimals: number;
  readonly aggregator: Address | null;
  readonly least: string | null;
  readonly greatest: string | null;
}

interface PoolRow {
  readonly address: Address;
  readonly token0: Address;
  readonly token1: Address;
  readonly fee_pips: number;
  readonly tick_spacing: number;
}

/** Stores reference rows; what is known already is replaced where it differs. */
export async function upsertReference(client: ClientBase, reference: Partial<Reference>): Promise<void> {
  const { venues = [], assets = [], feeds = [], pools = [] } = reference;
  await upsert(
    client,
    VENUE,
    venues.map((venue: Venue) => ({ ...venue, chain_id: venue.chainId })),
  );
  await upsert(
    client,
    ASSET,
    assets.map((asset: Asset) => ({ ...asset, chain_id: asset.chainId, symbol: textCell(asset.symbol) })),
  );
  await upsert(
    client,
    FEED,
    feeds.map((feed: Feed) => ({
      ...{ ...feed, chain_id: feed.chainId, description: textCell(feed.description) },
      ...{ least: feed.least?.toString(), greatest: feed.greatest?.toString() },
    })),
  );
  await upsert(
    client,
    POOL,
    pools.map((pool: Pool) => ({
      ...{ ...pool, chain_id: pool.chainId },
      ...{ fee_pips: pool.feePips, tick_spacing: pool.tickSpacing },
    })),
  );
}

interface Table {
  readonly name: string;
  readonly key: readonly string[];
  readonly values: readonly string[];
}

const VENUE: Table = {
  name: 'venue',
  key: ['chain_id', 'id'],
  values: ['protocol', 'version', 'mechanism', 'address'],
};
const ASSET: Table = { name: 'asset', key: ['chain_id', 'address'], values: ['symbol', 'decimals'] };
const FEED: Table = {
  name: 'feed',
  key: ['chain_id', 'id'],
  values: ['description', 'decimals', 'aggregator', 'least', 'greatest'],
};
const POOL: Table = {
  ...{ name: 'pool', key: ['chain_id', 'address'] },
  values: ['token0', 'token1', 'fee_pips', 'tick_spacing'],
};

async function upsert(client: ClientBase, table: Table, rows: readonly object[]): Promise<void> {
  if (rows.length === 0) return;
  const { name, key, values } = table;
  // DISTINCT ON: one statement may touch a row once. The last one given wins.
  await client.query(
    `INSERT INTO ${name} (${[...key, ...values].join(', ')})
     SELECT DISTINCT ON (${key.join(', ')}) ${[...key, ...values].map((column) => `given.${column}`).join(', ')}
     FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS element (json, place),
       jsonb_populate_record(NULL::${name}, element.json) AS given
     ORDER BY ${key.map((column) => `given.${column}`).join(', ')}, element.place DESC
     ON CONFLICT (${key.join(', ')}) DO UPDATE SET ${values.map((column) => `${column} = excluded.${column}`).join(', ')}
     WHERE (${values.map((column) => `${name}.${column}`).join(', ')})
       IS DISTINCT FROM (${values.map((column) => `excluded.${column}`).join(', ')})`,
    [JSON.stringify(rows)],
  );
}
