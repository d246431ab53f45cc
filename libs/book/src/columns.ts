import type { Address, VenueId } from '@undertow/market';
import type {
  AccountColumns,
  AssetRow,
  BookAsset,
  BookFund,
  BookInstrument,
  BookMarket,
  BookOracle,
  BookVenue,
  LegColumns,
  OracleRow,
  VenueRow,
} from './book.ts';
import { compareText } from './compare-text.ts';
import type { DraftAccount, DraftPrice, DraftVenue } from './draft.ts';
import type { BookExact } from './exact.ts';
import type { Ledger } from './ledger.ts';
import { sharedRows } from './shared-rows.ts';

/** The rows and columns of a book, without its depth. */
export interface Columns {
  readonly assets: readonly Omit<BookAsset, 'marketPriceUsd'>[];
  readonly oracles: readonly BookOracle[];
  readonly venues: readonly BookVenue[];
  readonly markets: readonly BookMarket[];
  readonly accounts: AccountColumns;
  readonly legs: LegColumns;
  readonly funds: readonly BookFund[];
  readonly instruments: readonly BookInstrument[];
  readonly exact: BookExact;
}

/** What the columns are made from. */
export interface ColumnsInput {
  readonly ledger: Ledger;
  readonly accounts: readonly DraftAccount[];
  /** Prices of assets that no leg may hold but that pools quote in. */
  readonly quotes: ReadonlyMap<Address, DraftPrice>;
  /** `BookExact.marketState` by key `venue market`. */
  readonly marketState: ReadonlyMap<string, readonly bigint[]>;
  /** The feed whose price of an asset shocks apply to, where there is one with the word of a listed market. */
  readonly firstFeed: (asset: Address) => string | undefined;
  /** Funds, instruments and labels of each venue. */
  readonly drafts: ReadonlyMap<VenueId, DraftVenue>;
}

/**
 * The one crossing from integers to floats. Rows are sorted by what names them, so that the same facts give the
 * same bytes whatever their order in memory.
 */
export function toColumns(input: ColumnsInput): Columns {
  const accounts = input.accounts.toSorted(compareAccounts);
  const { oracles, answers, rowOf } = oracleRows(pricesOf(input, accounts), input.firstFeed);
  const addresses = [...new Set(oracles.map((oracle) => oracle.assetAddress))];
  const assetRow = new Map(addresses.map((address, row) => [address, row as AssetRow]));
  const priceOf = (address: Address) => oracles.find((oracle) => oracle.assetAddress === address)!.priceUsd;
  const assets = addresses.map((address) => ({
    address,
    ...nameOf(input.ledger, address),
    oraclePriceUsd: priceOf(address),
    ...derivation(input, address, { assetRow, priceOf }),
  }));
  const venues = [...input.ledger.reference.venues.values()]
    .map(({ id, protocol, version, mechanism }) => ({ id, protocol, version, mechanism }))
    .sort((a, b) => compareText(a.id, b.id));
  const venueRow = new Map(venues.map(({ id }, row) => [id, row as VenueRow]));
  const markets = marketRows(input, accounts, venueRow);
  const oracleRow = (address: Address, feed: string) => rowOf.get(address)!.get(feed)! as OracleRow;
  const shared = sharedRows(input.drafts, { venueRow, assetRow, oracleRow, assets });
  return {
    assets,
    oracles: oracles.map(({ feed, assetAddress, priceUsd, isFixed }) => ({
      feed,
      asset: assetRow.get(assetAddress)!,
      priceUsd,
      isFixed,
    })),
    venues,
    markets: markets.rows,
    accounts: accountColumns(accounts, venueRow),
    legs: legColumns(accounts, {
      market: (venue, market) => markets.rowOf.get(venue)!.get(market)!,
      asset: (address) => assetRow.get(address)!,
      oracle: oracleRow,
      instrument: shared.instrumentRow,
      unit: assets.map(({ decimals }) => 10 ** decimals),
    }),
    funds: shared.funds,
    instruments: shared.instruments,
    exact: {
      answer: answers,
      amount: accounts.flatMap(({ legs }) => legs.map((leg) => leg.amount)),
      threshold: accounts.flatMap(({ legs }) => legs.map((leg) => leg.threshold)),
      marketState: markets.keys.map((key) => input.marketState.get(key) ?? []),
      accountState: accounts.map(({ state }) => state ?? []),
    },
  };
}

/** Key of a market among those of all venues; no id has a space in it. */
export const marketKey = (venue: string, market: string) => `${venue} ${market}`;

function compareAccounts(a: DraftAccount, b: DraftAccount): number {
  return compareText(a.venue, b.venue) || compareText(a.owner, b.owner) || compareText(a.market, b.market);
}

/** One row per asset and feed, by asset: the first feed, other feeds, and last a pair's own, as shocks apply to the first. */
function oracleRows(prices: Iterable<readonly [Address, DraftPrice]>, firstFeed: ColumnsInput['firstFeed']) {
  const found = new Map<Address, Map<string, DraftPrice>>();
  const add = (asset: Address, price: DraftPrice) => {
    const known = found.get(asset);
    if (!known) found.set(asset, new Map([[price.feed, price]]));
    else if (!known.has(price.feed)) known.set(price.feed, price);
  };
  for (const [asset, price] of prices) add(asset, price);
  const all = [...found].flatMap(([assetAddress, prices]) =>
    [...prices.values()].map((price) => ({ assetAddress, price })),
  );
  const first = new Map([...found.keys()].map((asset) => [asset, firstFeed(asset)]));
  const rows = all.sort(
    (a, b) =>
      compareText(a.assetAddress, b.assetAddress) ||
      Number(a.price.isRatio) - Number(b.price.isRatio) ||
      Number(b.price.feed === first.get(b.assetAddress)) -
        Number(a.price.feed === first.get(a.assetAddress)) ||
      compareText(a.price.feed, b.price.feed),
  );
  return {
    oracles: rows.map(({ assetAddress, price }) => ({
      assetAddress,
      feed: price.feed,
      priceUsd: price.usd,
      isFixed: price.isFixed ?? false,
    })),
    answers: rows.map(({ price }) => price.answer),
    rowOf: nestedRows(rows.map(({ assetAddress, price }) => [assetAddress, price.feed])),
  };
}

/** Every price that a row may name: of legs, of funds, of what options are written on, of what pools quote in. */
function* pricesOf(
  { quotes, drafts }: ColumnsInput,
  accounts: readonly DraftAccount[],
): Generator<readonly [Address, DraftPrice]> {
  yield* quotes;
  for (const { legs } of accounts) for (const { asset, price } of legs) yield [asset, price];
  for (const { funds = [], instruments = [] } of drafts.values()) {
    for (const { asset, price } of funds) yield [asset, price];
    for (const { underlying } of instruments) yield [underlying.asset, underlying.price];
  }
}

/** What a derived asset hangs on, when that asset is in the book too. */
function derivation(
  { ledger, drafts }: ColumnsInput,
  address: Address,
  by: { readonly assetRow: ReadonlyMap<Address, AssetRow>; readonly priceOf: (address: Address) => number },
): Pick<BookAsset, 'derivedFrom'> {
  const posted = ledger.ratios.get(address);
  const [own] = [...drafts.values()].flatMap(({ derived }) => derived?.get(address) ?? []);
  const found = posted ? { of: posted.of, isRedeemable: true } : own;
  const asset = found && by.assetRow.get(found.of);
  if (!found || asset === undefined) return {};
  const ratio = by.priceOf(address) / by.priceOf(found.of);
  return { derivedFrom: { asset, ratio, isRedeemable: found.isRedeemable } };
}

function marketRows(
  { ledger, drafts }: ColumnsInput,
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
      const label = drafts.get(venue)?.labels?.get(market) ?? labelOf(ledger, venue, market);
      return { venue: venueRow.get(venue)!, id: market, label };
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
export function nameOf(
  ledger: Ledger,
  address: Address,
): { readonly symbol: string; readonly decimals: number } {
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
    market: accounts.map(({ market }) => market),
    legStart,
  };
}

function legColumns(
  accounts: readonly DraftAccount[],
  find: {
    market(venue: string, market: string): number;
    asset(address: Address): number;
    oracle(address: Address, feed: string): number;
    instrument(venue: string, id: string): number;
    /** Raw units in a whole one, by asset row. */
    readonly unit: readonly number[];
  },
): LegColumns {
  const legs = accounts.flatMap((account) => account.legs);
  const asset = Uint32Array.from(legs, (leg) => find.asset(leg.asset));
  const markets = accounts.flatMap(({ venue, legs: own }) =>
    own.map((leg) => find.market(venue, leg.market)),
  );
  const instruments = accounts.flatMap(({ venue, legs: own }) =>
    own.map(({ instrument }) => (instrument === undefined ? -1 : find.instrument(venue, instrument))),
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
    maintenanceMargin: Float64Array.from(legs, (leg) => leg.maintenanceMargin ?? 0),
    instrument: Int32Array.from(instruments),
  };
}
