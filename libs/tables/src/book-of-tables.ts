import {
  depthGaps,
  hashBook,
  modelledDebtUsd,
  type Book,
  type BookContent,
  type BookFund,
  type CoverageGap,
  type VenueRow,
} from '@undertow/book';
import { compareText } from '@undertow/book';
import type { Address } from '@undertow/market';
import { assetList } from './lists/asset-list.ts';
import { USD } from './lists/asset-ties.ts';
import { depthList } from './lists/depth-list.ts';
import { oracleList } from './lists/oracle-list.ts';
import { venueList } from './lists/venue-list.ts';
import { addressOf, isAddress } from './made-address.ts';
import { accountOrder } from './positions/account-order.ts';
import { BookColumns } from './positions/book-columns.ts';
import { Gaps } from './positions/gaps.ts';
import { AccountReader, type Lists } from './positions/read-account.ts';
import type { LegStore } from './positions/leg-store.ts';
import { Problems } from './problems.ts';
import { readTables, type Tables } from './read-tables.ts';
import type { ReadRow } from './read-rows.ts';
import type { TableFile, TableName } from './table.ts';

export interface BookOfTablesOptions {
  /** Of the book, unix seconds. Default 0. */
  readonly time?: number;
  /** Id of the chain that the tables are of. Default 0: of none. */
  readonly chainId?: number;
  /** Hears how many rows of a table have been read. */
  readonly onRows?: (table: TableName, rows: number) => void;
}

/** A book made of tables. */
export interface ImportedBook {
  readonly book: Book;
  /** Rows read, by table. */
  readonly rows: Readonly<Partial<Record<TableName, number>>>;
  /** Accounts that owe nothing, and are not in the book. */
  readonly withoutDebt: number;
  /** Names of owners that are no addresses, by the address that stands for them; only those with an account. */
  readonly ownerNames: ReadonlyMap<Address, string>;
  /** Sentences about what was given and is not used. */
  readonly notes: readonly string[];
}

/**
 * The book that tables describe. Positions are held as columns and never as rows, so that millions of them take the memory of
 * their numbers. The integers in `exact` are made of the floats, with an oracle's answer in proportion to its price.
 *
 * @throws TableError that lists what is wrong with the tables, by file, row and column.
 */
export async function bookOfTables(
  files: readonly TableFile[],
  { time = 0, chainId = 0, onRows }: BookOfTablesOptions = {},
): Promise<ImportedBook> {
  const problems = new Problems();
  const tables = await readTables(files, problems, onRows);
  problems.throwIfAny();
  const { lists, depth } = listsOf(tables, problems);
  problems.throwIfAny();
  const read = readAccounts(tables.legs, lists, problems);
  const funds = fundsOf(tables.rows.funds, lists, { columns: read.columns, problems });
  problems.throwIfAny();
  const { assets, oracles } = lists;
  const { columns } = read;
  const book: Omit<BookContent, 'coverage'> = {
    ...{ chainId, block: 0, time },
    references: assets.references,
    assets: assets.assets.map(({ priceUsd, marketPriceUsd, ...asset }, row) => {
      const curve = depth.depth[row];
      const standing = curve && curve.startSqrtPrice ** 2 * assets.assets[curve.quote]!.priceUsd;
      return { ...asset, oraclePriceUsd: priceUsd, marketPriceUsd: standing ?? marketPriceUsd };
    }),
    feeds: oracles.feeds,
    oracles: oracles.oracles,
    venues: columns.venues,
    markets: columns.markets,
    accounts: columns.accounts,
    legs: columns.legs,
    funds,
    instruments: [],
    depth: depth.depth,
    exact: {
      feedAnswer: oracles.feedAnswer,
      adapters: new Map(),
      answer: oracles.answer,
      source: oracles.oracles.map(() => undefined),
      amount: columns.amountExact,
      threshold: columns.thresholdExact,
      marketState: columns.marketState,
      accountState: columns.accountState,
    },
  };
  const gaps = [...read.gaps, ...depthGaps(book, depth.depth)];
  const content: BookContent = { ...book, coverage: coverageOf(book, gaps) };
  return {
    book: { ...content, hash: hashBook(content) },
    rows: tables.counts,
    withoutDebt: read.withoutDebt,
    ownerNames: read.ownerNames,
    notes: depth.notes,
  };
}

function listsOf(tables: Tables, problems: Problems) {
  const { rows, loans } = tables;
  const given = [...rows.prices, ...loans.pricesBeside(rows.prices)];
  const isInDollars = [...rows.quotes, ...rows.orders].some(({ quote }) => quote === USD) || loans.hasDepth;
  const hasDollar = given.some(({ asset }) => asset === USD);
  const dollar: ReadRow<'prices'> = {
    ...{ asset: USD, price: 1, oracle: 'constant', reference: USD, place: { file: 'prices', line: 0 } },
  };
  const assets = assetList(isInDollars && !hasDollar ? [...given, dollar] : given, rows.ties, problems);
  const venues = venueList([...rows.markets, ...loans.markets], problems);
  problems.throwIfAny();
  const oracles = oracleList(assets, venues, problems);
  const lists: Lists = { venues, assets, oracles };
  const priceUsdOf = (symbol: string) => assets.assets[assets.rowOf.get(symbol) ?? -1]?.priceUsd;
  const said = loans.depthsAt(priceUsdOf);
  return { lists, depth: depthList({ quotes: rows.quotes, orders: rows.orders, said }, assets, problems) };
}

function readAccounts(legs: LegStore, lists: Lists, problems: Problems) {
  const isInOneMarket = (venue: number) =>
    lists.venues.get(legs.venues.all[venue]!)?.mechanism === 'isolated-pair';
  const { order, isSameAccount } = accountOrder(legs, isInOneMarket);
  const reader = new AccountReader(legs, lists, problems);
  const columns = new BookColumns(lists, problems);
  const gaps = new Gaps();
  const ownerNames = new Map<Address, string>();
  const stored = legs.columns;
  let withoutDebt = 0;
  for (let start = 0, end = 0; start < order.length; start = end) {
    while (end < order.length && isSameAccount(order[start]!, order[end]!)) end++;
    const reading = reader.read(order.subarray(start, end));
    if (reading.is === 'no debt') withoutDebt++;
    else if (reading.is === 'gap') gaps.add(reading);
    else {
      const owner = legs.owners.all[stored.owner[order[start]!]!]!;
      const account = legs.accounts.all[stored.account[order[start]!]!]!;
      columns.add(reading.venue, reading.legs, { owner, account });
      if (!isAddress(owner)) ownerNames.set(addressOf(owner), owner);
    }
  }
  return { columns, gaps: gaps.all, withoutDebt, ownerNames };
}

/** The funds of the table, and those that a mechanism cannot be without, empty. */
function fundsOf(
  rows: readonly ReadRow<'funds'>[],
  lists: Lists,
  { columns, problems }: { readonly columns: BookColumns; readonly problems: Problems },
): readonly BookFund[] {
  const { assets, oracles, venues } = lists;
  const rowOf = new Map(columns.venues.map(({ id }, row) => [id, row as VenueRow]));
  const found = new Map<string, BookFund>();
  const add = (fund: Pick<ReadRow<'funds'>, 'venue' | 'kind' | 'asset' | 'amount'>): string | undefined => {
    const venue = rowOf.get(fund.venue);
    const asset = assets.rowOf.get(fund.asset);
    const market =
      venues.get(fund.venue)?.mechanism === 'cdp' ? [...venues.get(fund.venue)!.markets.keys()][0] : '';
    const oracle = oracles.oracleOf({ venue: fund.venue, market: market ?? '', asset: fund.asset });
    if (venue === undefined) return 'the markets table has no terms of the venue';
    if (asset === undefined || oracle === undefined) return `no price of ${fund.asset}`;
    const key = [fund.venue, fund.kind, fund.asset].join('\n');
    if (found.has(key)) return 'this fund is in another row already';
    found.set(key, { venue, kind: fund.kind, asset, oracle, amount: fund.amount });
    return undefined;
  };
  for (const row of rows) {
    const problem = add(row);
    if (problem !== undefined) problems.add(row.place, 'asset', problem);
  }
  for (const { id, mechanism, markets } of venues.values()) {
    const isThere = [...found.keys()].some((key) => key.startsWith(`${id}\nstability-pool\n`));
    const asset = [...markets.values()][0]?.debtAsset;
    if (mechanism === 'cdp' && !isThere && asset !== undefined)
      add({ venue: id, kind: 'stability-pool', asset, amount: 0 });
  }
  return [...found].sort(([a], [b]) => compareText(a, b)).map(([, fund]) => fund);
}

function coverageOf(book: Omit<BookContent, 'coverage'>, gaps: readonly CoverageGap[]): Book['coverage'] {
  const modelledUsd = modelledDebtUsd(book);
  const missingUsd = gaps.reduce((sum, { debtUsd }) => sum + (debtUsd ?? 0), 0);
  const knownDebtUsd = modelledUsd + missingUsd;
  const share = knownDebtUsd === 0 ? 1 : modelledUsd / knownDebtUsd;
  return { accounts: book.accounts.count, modelledDebtUsd: modelledUsd, knownDebtUsd, share, gaps };
}
