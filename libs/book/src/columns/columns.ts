import { formulaBases, type Address, type FeedFormula, type FeedId, type VenueId } from '@undertow/market';
import type { BookExact, ExactSource } from '../book-exact.ts';
import {
  roleCode,
  type AccountColumns,
  type Book,
  type BookAsset,
  type BookOracle,
  type LegColumns,
} from '../book.ts';
import { compareText } from '../compare-text.ts';
import type { DraftAccount, DraftVenue } from '../draft.ts';
import type { DraftPrice } from '../draft-price.ts';
import type { Ledger } from '../ledger.ts';
import type { AssetRow, FeedRow, OracleRow, VenueRow } from '../rows.ts';
import { assetRows } from './asset-rows.ts';
import { feedRows, type FeedRows } from './feed-rows.ts';
import { marketKey, marketRows } from './market-rows.ts';
import { namedPrices, oracleRows, type OracleRows } from './oracle-rows.ts';
import { sharedRows } from './shared-rows.ts';

/** The rows and columns of a book, without its depth. */
export interface Columns extends Pick<
  Book,
  'references' | 'feeds' | 'oracles' | 'venues' | 'markets' | 'accounts' | 'legs' | 'funds' | 'instruments'
> {
  readonly assets: readonly Omit<BookAsset, 'marketPriceUsd'>[];
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
  readonly firstFeed: (asset: Address) => FeedId | undefined;
  /** Rules, funds, instruments and labels of each venue. */
  readonly drafts: ReadonlyMap<VenueId, DraftVenue>;
}

/**
 * The one crossing from integers to floats. Rows are sorted by what names them, so that the same facts give the
 * same bytes whatever their order in memory.
 */
export function toColumns(input: ColumnsInput): Columns {
  const { ledger, drafts } = input;
  const accounts = input.accounts.toSorted(compareAccounts);
  const prices = oracleRows(namedPrices(accounts, drafts.values(), input.quotes), input.firstFeed);
  const firsts = firstPrices(prices);
  const ownTies = new Map([...drafts.values()].flatMap(({ ties }) => [...(ties ?? [])]));
  const { references, assets } = assetRows(ledger, firsts, ownTies);
  const own = [...drafts.values()].flatMap((draft) => draft.feeds ?? []);
  const names = { references, assets, prices: firsts.map(([, price]) => price) };
  const feeds = feedRows(
    ledger,
    prices.rows.map(({ price }) => price),
    own,
    names,
  );
  const venues = venueRows(input);
  const venueRow = new Map(venues.map(({ id }, row) => [id, row as VenueRow]));
  const markets = marketRows(ledger, accounts, { venueRow, drafts });
  const assetRow = new Map(assets.map(({ address }, row) => [address, row as AssetRow]));
  const oracleRow = (asset: Address, feed: FeedId) => prices.rowOf(asset, feed) as OracleRow;
  const shared = sharedRows(drafts, { venueRow, assetRow, oracleRow, assets });
  return {
    references,
    assets,
    feeds: feeds.feeds,
    oracles: prices.rows.map(({ asset, price }) => oracleOf(price, assetRow.get(asset)!, feeds)),
    venues,
    markets: markets.rows,
    accounts: accountColumns(accounts, venueRow),
    legs: legColumns(accounts, {
      market: markets.rowOf,
      asset: (address) => assetRow.get(address)!,
      oracle: oracleRow,
      instrument: shared.instrumentRow,
      unit: assets.map(({ decimals }) => 10 ** decimals),
    }),
    funds: shared.funds,
    instruments: shared.instruments,
    exact: {
      feedAnswer: feeds.answers,
      adapters: adaptersOf(ledger, prices),
      answer: prices.rows.map(({ price }) => price.answer),
      source: prices.rows.map(({ price }) => sourceOf(price, { assets, prices })),
      amount: accounts.flatMap(({ legs }) => legs.map((leg) => leg.amount)),
      threshold: accounts.flatMap(({ legs }) => legs.map((leg) => leg.threshold)),
      marketState: markets.names.map((name) => input.marketState.get(marketKey(...name)) ?? []),
      accountState: accounts.map(({ state }) => state ?? []),
    },
  };
}

function compareAccounts(a: DraftAccount, b: DraftAccount): number {
  return compareText(a.venue, b.venue) || compareText(a.owner, b.owner) || compareText(a.market, b.market);
}

/** The first price of each asset, in the order of their rows. */
function firstPrices({ rows }: OracleRows): (readonly [Address, DraftPrice])[] {
  const first = new Map<Address, DraftPrice>();
  for (const { asset, price } of rows) if (!first.has(asset)) first.set(asset, price);
  return [...first];
}

function venueRows({ ledger, drafts }: ColumnsInput): Book['venues'] {
  return [...ledger.reference.venues.values()]
    .map(({ id, protocol, version, mechanism }) => ({
      id,
      protocol,
      version,
      mechanism,
      rule: drafts.get(id)?.rule,
    }))
    .sort((a, b) => compareText(a.id, b.id));
}

function oracleOf({ feed, usd, formula }: DraftPrice, asset: AssetRow, feeds: FeedRows): BookOracle {
  const terms = formula.terms.map((term) => ({
    feed: feeds.rowOf.get(term.feed)! as FeedRow,
    power: term.power,
    greatest: term.greatest,
  }));
  const { multiplier, greatest } = formula;
  return { id: feed, asset, formula: { multiplier, terms, greatest }, priceUsd: usd };
}

function sourceOf(
  { source }: DraftPrice,
  of: { readonly assets: Columns['assets']; readonly prices: OracleRows },
): ExactSource | undefined {
  if (source?.form !== 'pair') return source;
  const { ratio, debt } = source;
  const row = of.prices.rows.findIndex(({ price }) => price === debt || price.feed === debt.feed);
  return { form: 'pair', ratio, debt: row as OracleRow };
}

/** Whatever the prices of a book ask that is made of feeds, and all that those ask. */
function adaptersOf({ formulas }: Ledger, { rows }: OracleRows): BookExact['adapters'] {
  const found = new Map<FeedId, FeedFormula>();
  const ask = (feed: FeedId): void => {
    const formula = formulas.get(feed);
    if (!formula || found.has(feed)) return;
    found.set(feed, formula);
    for (const base of formulaBases(formula)) ask(base);
  };
  for (const { price } of rows) {
    if (price.source?.form === 'feed') ask(price.source.feed);
    else if (price.source?.form === 'pair')
      for (const feed of [...price.source.ratio.base, ...price.source.ratio.quote]) ask(feed);
  }
  return new Map([...found].sort(([a], [b]) => compareText(a, b)));
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
    stake: Float64Array.from(accounts, ({ stake }) => stake ?? 0),
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
  const venues = accounts.flatMap((account) => account.legs.map(() => account.venue));
  const asset = Uint32Array.from(legs, (leg) => find.asset(leg.asset));
  const market = Uint32Array.from(legs, (leg, row) => find.market(venues[row]!, leg.market));
  return {
    count: legs.length,
    market,
    termsMarket: Uint32Array.from(legs, ({ termsMarket }, row) =>
      termsMarket === undefined ? market[row]! : find.market(venues[row]!, termsMarket),
    ),
    asset,
    oracle: Uint32Array.from(legs, (leg) => find.oracle(leg.asset, leg.price.feed)),
    role: Uint8Array.from(legs, ({ role }) => roleCode(role)),
    side: Int8Array.from(legs, ({ side }) => side),
    amount: Float64Array.from(legs, ({ amount }, row) => Number(amount) / find.unit[asset[row]!]!),
    liquidationThreshold: Float64Array.from(legs, (leg) => leg.liquidationThreshold),
    loanToValue: Float64Array.from(legs, ({ loanToValue = 0 }) => loanToValue),
    liquidationBonus: Float64Array.from(legs, (leg) => leg.liquidationBonus),
    liquidationProtocolFee: Float64Array.from(legs, (leg) => leg.liquidationProtocolFee),
    maintenanceMargin: Float64Array.from(legs, ({ maintenanceMargin = 0 }) => maintenanceMargin),
    instrument: Int32Array.from(legs, ({ instrument }, row) =>
      instrument === undefined ? -1 : find.instrument(venues[row]!, instrument),
    ),
  };
}
