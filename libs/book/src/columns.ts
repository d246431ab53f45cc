import type { Address } from '@undertow/market';
import type {
  AccountColumns,
  AssetRow,
  BookAsset,
  BookMarket,
  BookOracle,
  BookVenue,
  LegColumns,
  VenueRow,
} from './book.ts';
import { compareText } from './compare-text.ts';
import type { DraftAccount, DraftPrice } from './draft.ts';
import type { BookExact } from './exact.ts';
import type { Ledger } from './ledger.ts';

/** The rows and columns of a book, without its depth. */
export interface Columns {
  readonly assets: readonly Omit<BookAsset, 'marketPriceUsd'>[];
  readonly oracles: readonly BookOracle[];
  readonly venues: readonly BookVenue[];
  readonly markets: readonly BookMarket[];
  readonly accounts: AccountColumns;
  readonly legs: LegColumns;
  readonly exact: BookExact;
}

/** What the columns are made from. */
export interface ColumnsInput {
  readonly ledger: Ledger;
  readonly accounts: readonly DraftAccount[];
  /** Prices of assets that no leg may hold but that pools quote in. */
  readonly quotes: ReadonlyMap<Address, DraftPrice>;
  /** Key `venue market`. */
  readonly priceScale: ReadonlyMap<string, bigint>;
}

/**
 * The one crossing from integers to floats. Rows are sorted by what names them, so that the same facts give the
 * same bytes whatever their order in memory.
 */
export function toColumns(input: ColumnsInput): Columns {
  const accounts = input.accounts.toSorted(compareAccounts);
  const { oracles, answers, rowOf } = oracleRows(accounts, input.quotes);
  const addresses = [...new Set(oracles.map((oracle) => oracle.assetAddress))];
  const assetRow = new Map(addresses.map((address, row) => [address, row as AssetRow]));
  const assets = addresses.map((address) => {
    const oraclePriceUsd = oracles.find((oracle) => oracle.assetAddress === address)!.priceUsd;
    return { address, ...nameOf(input.ledger, address), oraclePriceUsd };
  });
  const venues = [...input.ledger.reference.venues.values()]
    .map(({ id, protocol, version, mechanism }) => ({ id, protocol, version, mechanism }))
    .sort((a, b) => compareText(a.id, b.id));
  const venueRow = new Map(venues.map(({ id }, row) => [id, row as VenueRow]));
  const markets = marketRows(input.ledger, accounts, venueRow);
  return {
    assets,
    oracles: oracles.map(({ feed, assetAddress, priceUsd }) => ({
      feed,
      asset: assetRow.get(assetAddress)!,
      priceUsd,
    })),
    venues,
    markets: markets.rows,
    accounts: accountColumns(accounts, venueRow),
    legs: legColumns(accounts, {
      market: (venue, market) => markets.rowOf.get(venue)!.get(market)!,
      asset: (address) => assetRow.get(address)!,
      oracle: (address, feed) => rowOf.get(address)!.get(feed)!,
      unit: assets.map(({ decimals }) => 10 ** decimals),
    }),
    exact: {
      answer: answers,
      amount: accounts.flatMap(({ legs }) => legs.map((leg) => leg.amount)),
      threshold: accounts.flatMap(({ legs }) => legs.map((leg) => leg.threshold)),
      priceScale: markets.keys.map((key) => input.priceScale.get(key) ?? 0n),
    },
  };
}

/** Key of a market among those of all venues; no id has a space in it. */
export const marketKey = (venue: string, market: string) => `${venue} ${market}`;

function compareAccounts(a: DraftAccount, b: DraftAccount): number {
  return (
    compareText(a.venue, b.venue) ||
    compareText(a.owner, b.owner) ||
    compareText(a.legs[0]?.market ?? '', b.legs[0]?.market ?? '')
  );
}

/** One row per asset and feed, by asset. Prices of a pair's own come last, so that shocks apply to a feed's. */
function oracleRows(accounts: readonly DraftAccount[], quotes: ReadonlyMap<Address, DraftPrice>) {
  const found = new Map<Address, Map<string, DraftPrice>>();
  const add = (asset: Address, price: DraftPrice) => {
    const prices = found.get(asset);
    if (!prices) found.set(asset, new Map([[price.feed, price]]));
    else if (!prices.has(price.feed)) prices.set(price.feed, price);
  };
  for (const [asset, price] of quotes) add(asset, price);
  for (const { legs } of accounts) for (const { asset, price } of legs) add(asset, price);
  const all = [...found].flatMap(([assetAddress, prices]) =>
    [...prices.values()].map((price) => ({ assetAddress, price })),
  );
  const rows = all.sort(
    (a, b) =>
      compareText(a.assetAddress, b.assetAddress) ||
      Number(a.price.isRatio) - Number(b.price.isRatio) ||
      compareText(a.price.feed, b.price.feed),
  );
  return {
    oracles: rows.map(({ assetAddress, price }) => ({ assetAddress, feed: price.feed, priceUsd: price.usd })),
    answers: rows.map(({ price }) => price.answer),
    rowOf: nestedRows(rows.map(({ assetAddress, price }) => [assetAddress, price.feed])),
  };
}

function marketRows(
  ledger: Ledger,
  accounts: readonly DraftAccount[],
  venueRow: ReadonlyMap<string, VenueRow>,
) {
  const found = new Map<string, Set<string>>();
  for (const { venue, legs } of accounts) {
    const ids = found.get(venue) ?? new Set();
    found.set(venue, ids);
    for (const { market } of legs) ids.add(market);
  }
  const names = [...found.keys()]
    .sort(compareText)
    .flatMap((venue) => [...found.get(venue)!].sort(compareText).map((market) => [venue, market] as const));
  return {
    keys: names.map(([venue, market]) => marketKey(venue, market)),
    rows: names.map(([venue, market]): BookMarket => {
      return { venue: venueRow.get(venue)!, id: market, label: labelOf(ledger, venue, market) };
    }),
    rowOf: nestedRows(names),
  };
}

/** Row numbers of pairs of names: two look-ups of short strings cost less than one of their joined text. */
function nestedRows<A extends string>(names: readonly (readonly [A, string])[]): Map<A, Map<string, number>> {
  const rows = new Map<A, Map<string, number>>();
  for (const [row, [outer, inner]] of names.entries()) {
    const inside = rows.get(outer) ?? new Map<string, number>();
    rows.set(outer, inside);
    inside.set(inner, row);
  }
  return rows;
}

function labelOf(ledger: Ledger, venue: string, market: string): string {
  const terms = ledger.venues.get(venue)?.markets.get(market)?.terms;
  if (terms?.form === 'reserve' && terms.asset) return nameOf(ledger, terms.asset).symbol;
  if (terms?.form !== 'pair' || !terms.collateralAsset || !terms.debtAsset) return market;
  const pair = `${nameOf(ledger, terms.collateralAsset).symbol}/${nameOf(ledger, terms.debtAsset).symbol}`;
  return `${pair} ${Number((Number(terms.liquidationThresholdWad ?? 0n) / 1e16).toFixed(2))} %`;
}

/** Symbol and decimals of a token: as the token says, else as the reserve that holds it says. */
function nameOf(ledger: Ledger, address: Address): { readonly symbol: string; readonly decimals: number } {
  const known = ledger.reference.assets.get(address);
  if (known) return { symbol: known.symbol, decimals: known.decimals };
  for (const { markets } of ledger.venues.values()) {
    const terms = markets.get(address)?.terms;
    if (terms?.form === 'reserve' && terms.decimals !== undefined) {
      return { symbol: address.slice(0, 10), decimals: terms.decimals };
    }
  }
  return { symbol: address.slice(0, 10), decimals: 18 };
}

function accountColumns(
  accounts: readonly DraftAccount[],
  venueRow: ReadonlyMap<string, VenueRow>,
): AccountColumns {
  const legStart = new Uint32Array(accounts.length + 1);
  for (const [row, { legs }] of accounts.entries()) legStart[row + 1] = legStart[row]! + legs.length;
  return {
    count: accounts.length,
    venue: Uint16Array.from(accounts, ({ venue }) => venueRow.get(venue)!),
    owner: accounts.map(({ owner }) => owner),
    legStart,
  };
}

function legColumns(
  accounts: readonly DraftAccount[],
  find: {
    market(venue: string, market: string): number;
    asset(address: Address): number;
    oracle(address: Address, feed: string): number;
    /** Raw units in a whole one, by asset row. */
    readonly unit: readonly number[];
  },
): LegColumns {
  const legs = accounts.flatMap((account) => account.legs);
  const asset = Uint32Array.from(legs, (leg) => find.asset(leg.asset));
  const markets = accounts.flatMap(({ venue, legs: own }) =>
    own.map((leg) => find.market(venue, leg.market)),
  );
  return {
    count: legs.length,
    market: Uint32Array.from(markets),
    asset,
    oracle: Uint32Array.from(legs, (leg) => find.oracle(leg.asset, leg.price.feed)),
    side: Int8Array.from(legs, (leg) => leg.side),
    amount: Float64Array.from(legs, (leg, row) => Number(leg.amount) / find.unit[asset[row]!]!),
    liquidationThreshold: Float64Array.from(legs, (leg) => leg.liquidationThreshold),
    liquidationBonus: Float64Array.from(legs, (leg) => leg.liquidationBonus),
    liquidationProtocolFee: Float64Array.from(legs, (leg) => leg.liquidationProtocolFee),
  };
}
