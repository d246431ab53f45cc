import type { AssetRow, Book, DepthCurve, LegColumns, OracleRow, VenueRow } from '@undertow/book';
import type { Address, Mechanism } from '@undertow/market';

/** An asset of a hand-made book; with `liquidity` it trades against USDC over (nearly) all prices, without a fee. */
export interface HandMadeAsset {
  readonly symbol: string;
  readonly priceUsd: number;
  readonly decimals: number;
  /** √(x · y) of a constant-product pool. */
  readonly liquidity?: number;
  readonly feeRatio?: number;
}

/** A leg: the asset's symbol, its amount in whole units (below 0 = debt) and the terms of collateral. */
export interface HandMadeLeg {
  readonly asset: string;
  readonly amount: number;
  readonly threshold?: number;
  readonly bonus?: number;
  readonly protocolFee?: number;
}

export interface HandMadeAccount {
  readonly venue: 'aave30' | 'aave36' | 'morpho';
  /** Collateral before debt at a pair. */
  readonly legs: readonly HandMadeLeg[];
}

const VENUES: readonly { id: HandMadeAccount['venue']; version: string; mechanism: Mechanism }[] = [
  { id: 'aave30', version: '3.0', mechanism: 'pooled-lending' },
  { id: 'aave36', version: '3.6', mechanism: 'pooled-lending' },
  { id: 'morpho', version: '1.0', mechanism: 'isolated-pair' },
];

const WIDEST = 1e9;

/** Address of an asset or account of a hand-made book, by its place. */
export const handMadeAddress = (place: number): Address => `0x${(place + 1).toString(16).padStart(40, '0')}`;

/** A book written by hand, for tests: one oracle row (8 decimals) and one market per asset. Owners are numbered. */
export function handMadeBook(assets: readonly HandMadeAsset[], accounts: readonly HandMadeAccount[]): Book {
  const rowOf = (symbol: string) => assets.findIndex((asset) => asset.symbol === symbol) as AssetRow;
  const venueRow = (id: string) => VENUES.findIndex((venue) => venue.id === id) as VenueRow;
  // A pair's legs are both of the market that is named after its collateral.
  const legs = accounts.flatMap(({ venue, legs: own }) =>
    own.map((leg) => ({ venue, market: venue === 'morpho' ? own[0]!.asset : leg.asset, ...leg })),
  );
  const legStart = [0];
  for (const { legs: own } of accounts) legStart.push(legStart.at(-1)! + own.length);
  const usdc = rowOf('USDC');
  const markets = VENUES.flatMap(({ id }) =>
    assets.map(({ symbol }) => ({ venue: venueRow(id), id: symbol, label: symbol })),
  );
  const marketOf = ({ venue, market }: { venue: string; market: string }) =>
    venueRow(venue) * assets.length + rowOf(market);
  return {
    chainId: 1,
    block: 1,
    time: 1_700_000_000,
    hash: 'hand-made',
    assets: assets.map(({ symbol, priceUsd, decimals, liquidity }, row) => ({
      address: handMadeAddress(row),
      symbol,
      decimals,
      oraclePriceUsd: priceUsd,
      marketPriceUsd: liquidity === undefined ? undefined : priceUsd,
    })),
    oracles: assets.map(({ symbol, priceUsd }, row) => ({ feed: symbol, asset: row as AssetRow, priceUsd })),
    venues: VENUES.map((venue) => ({ protocol: venue.id, ...venue })),
    markets,
    accounts: {
      count: accounts.length,
      venue: Uint16Array.from(accounts, ({ venue }) => venueRow(venue)),
      owner: accounts.map((_, row) => handMadeAddress(1_000 + row)),
      legStart: Uint32Array.from(legStart),
    },
    legs: legColumns(legs, { marketOf, rowOf }),
    depth: assets.map((asset, row) => curveOf(asset, row as AssetRow, usdc)),
    coverage: { accounts: accounts.length, modelledDebtUsd: 0, knownDebtUsd: 0, share: 1, gaps: [] },
    exact: {
      answer: assets.map(({ priceUsd }) => BigInt(Math.round(priceUsd * 1e8))),
      amount: legs.map(({ asset, amount }) => rawUnits(Math.abs(amount), assets[rowOf(asset)]!.decimals)),
      threshold: legs.map(
        ({ venue, threshold }) =>
          BigInt(Math.round((threshold ?? 0) * 1e4)) * (venue === 'morpho' ? 10n ** 14n : 1n),
      ),
      priceScale: markets.map(({ venue, id }) => priceScale(VENUES[venue]!.mechanism, assets[rowOf(id)]!)),
    },
  };
}

/** Pairs of a hand-made book owe USDC (6 decimals), and all feeds have the same decimals. */
function priceScale(mechanism: Mechanism, collateral: HandMadeAsset): bigint {
  return mechanism === 'isolated-pair' ? 10n ** BigInt(36 + 6 - collateral.decimals) : 0n;
}

function legColumns(
  legs: readonly (HandMadeLeg & { readonly venue: string; readonly market: string })[],
  find: { marketOf(leg: { venue: string; market: string }): number; rowOf(symbol: string): AssetRow },
): LegColumns {
  return {
    count: legs.length,
    market: Uint32Array.from(legs, find.marketOf),
    asset: Uint32Array.from(legs, ({ asset }) => find.rowOf(asset)),
    oracle: Uint32Array.from(legs, ({ asset }) => find.rowOf(asset) as number as OracleRow),
    side: Int8Array.from(legs, ({ amount }) => (amount < 0 ? -1 : 1)),
    amount: Float64Array.from(legs, ({ amount }) => Math.abs(amount)),
    liquidationThreshold: Float64Array.from(legs, ({ threshold }) => threshold ?? 0),
    liquidationBonus: Float64Array.from(legs, ({ bonus }) => bonus ?? 0),
    liquidationProtocolFee: Float64Array.from(legs, ({ protocolFee }) => protocolFee ?? 0),
  };
}

function curveOf(
  { priceUsd, liquidity, feeRatio = 0 }: HandMadeAsset,
  asset: AssetRow,
  quote: AssetRow,
): DepthCurve | undefined {
  if (liquidity === undefined) return undefined;
  const startSqrtPrice = Math.sqrt(priceUsd);
  return {
    asset,
    quote,
    sqrtPrice: Float64Array.of(startSqrtPrice / WIDEST, startSqrtPrice * WIDEST),
    liquidity: Float64Array.of(liquidity),
    startSqrtPrice,
    feeRatio,
  };
}

function rawUnits(amount: number, decimals: number): bigint {
  const digits = Math.min(decimals, 6);
  return BigInt(Math.round(amount * 10 ** digits)) * 10n ** BigInt(decimals - digits);
}
