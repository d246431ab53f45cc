import type { AssetRow, BookReference, ReferenceRow, Tie } from '@undertow/book';
import { compareText } from '@undertow/book';
import type { Address } from '@undertow/market';
import { addressOf } from '../made-address.ts';
import type { Problems } from '../problems.ts';
import type { ReadRow } from '../read-rows.ts';
import type { RowPlace } from '../table.ts';
import { assetTies, USD, type NamedTie } from './asset-ties.ts';
import { saidOf, type SaidOfAsset } from './said-of-asset.ts';
import { wordsOf } from './venue-list.ts';

type PriceRow = ReadRow<'prices'>;

/** An asset with a price. */
export interface ListedAsset {
  readonly symbol: string;
  readonly address: Address;
  readonly decimals: number;
  /** USD of its first price. */
  readonly priceUsd: number;
  /** USD where its market stands, where the table says so. */
  readonly marketPriceUsd: number | undefined;
  readonly reference: ReferenceRow;
  readonly tie: Tie;
}

/** The assets that have a price, with what they hang on. */
export interface AssetList {
  readonly references: readonly BookReference[];
  /** In the order of their rows: by name. */
  readonly assets: readonly ListedAsset[];
  readonly rowOf: ReadonlyMap<string, AssetRow>;
  /** Rows with a price, by asset: those for all venues first. */
  readonly priced: ReadonlyMap<string, readonly PricedRow[]>;
}

/** A row of the prices table that gives a price. */
export interface PricedRow {
  readonly row: PriceRow;
  readonly priceUsd: number;
}

/** Assets of the rows of the prices and ties tables. */
export function assetList(
  rows: readonly PriceRow[],
  ties: readonly ReadRow<'ties'>[],
  problems: Problems,
): AssetList {
  refuseTwice(rows, problems);
  const byAsset = new Map<string, PriceRow[]>();
  for (const row of [...rows].sort(compareRows)) {
    const own = byAsset.get(row.asset);
    if (own) own.push(row);
    else byAsset.set(row.asset, [row]);
  }
  const priced = pricedRows(byAsset, problems);
  const symbols = [...priced.keys()].sort(compareText);
  const rowOf = new Map(symbols.map((symbol, row) => [symbol, row as AssetRow]));
  const usdOf = (symbol: string) => priced.get(symbol)![0]!.priceUsd;
  const said = new Map(symbols.map((symbol) => [symbol, saidOf(byAsset.get(symbol)!, problems)]));
  const named = assetTies({ said, ties, symbols, usdOf, problems });
  const references = referencesOf(named, usdOf);
  const assets = symbols.map((symbol): ListedAsset => {
    const { kind, to, reference, capacity } = named.get(symbol)!;
    const row = references.findIndex((one) => one.symbol === reference) as ReferenceRow;
    const priceUsd = usdOf(symbol);
    const baseUsd = to === undefined ? references[row]!.priceUsd : usdOf(to);
    const { decimals = 18, address, marketPrice } = said.get(symbol)!;
    return {
      symbol,
      address: addressOf(address ?? symbol),
      decimals,
      priceUsd,
      marketPriceUsd: marketPrice,
      reference: row,
      tie: { kind, to: to === undefined ? undefined : rowOf.get(to)!, ratio: priceUsd / baseUsd, capacity },
    };
  });
  refuseSameAddress(assets, said, problems);
  return { references, assets, rowOf, priced };
}

/** Those for all venues before those of one, these before those of one market. */
function compareRows(a: PriceRow, b: PriceRow): number {
  return compareText(a.venue ?? '', b.venue ?? '') || compareText(a.market ?? '', b.market ?? '');
}

function refuseTwice(rows: readonly PriceRow[], problems: Problems): void {
  const seen = new Map<string, RowPlace>();
  for (const { asset, venue = '', market = '', place } of rows) {
    if (market !== '' && venue === '')
      problems.add(place, 'venue', 'a price of one market must name its venue too');
    const key = [asset, venue, market].join('\n');
    const before = seen.get(key);
    if (before) problems.add(place, 'asset', `${asset} has this price in ${wordsOf(before)} already`);
    seen.set(key, place);
  }
}

/** USD prices of all rows that have one; a price in units of another asset is that one's first price times it. */
function pricedRows(
  byAsset: ReadonlyMap<string, readonly PriceRow[]>,
  problems: Problems,
): ReadonlyMap<string, readonly PricedRow[]> {
  const known = new Map<string, readonly PricedRow[]>();
  const open = new Set<string>();
  const read = (symbol: string): readonly PricedRow[] => {
    const before = known.get(symbol);
    if (before) return before;
    open.add(symbol);
    const found = (byAsset.get(symbol) ?? []).flatMap((row): PricedRow[] => {
      if (!row.price) return [];
      if (row.in === undefined || row.in === USD) return [{ row, priceUsd: row.price }];
      if (open.has(row.in)) {
        problems.add(row.place, 'in', `the prices of ${symbol} and ${row.in} are in units of each other`);
        return [];
      }
      const base = read(row.in)[0];
      if (!byAsset.has(row.in)) problems.add(row.place, 'in', `${row.in} is no asset of the prices table`);
      return base ? [{ row, priceUsd: row.price * base.priceUsd }] : [];
    });
    open.delete(symbol);
    known.set(symbol, found);
    return found;
  };
  return new Map(
    [...byAsset.keys()].flatMap((symbol) => {
      const found = read(symbol);
      return found.length === 0 ? [] : [[symbol, found] as const];
    }),
  );
}

function refuseSameAddress(
  assets: readonly ListedAsset[],
  said: ReadonlyMap<string, SaidOfAsset>,
  problems: Problems,
): void {
  const seen = new Map<Address, string>();
  for (const { address, symbol } of assets) {
    const before = seen.get(address);
    if (before !== undefined)
      problems.add(said.get(symbol)!.place, 'address', `${symbol} has the address of ${before}`);
    seen.set(address, symbol);
  }
}

/** The dollar and what assets stand for, by symbol. */
function referencesOf(
  ties: ReadonlyMap<string, NamedTie>,
  usdOf: (symbol: string) => number,
): readonly BookReference[] {
  const standing = new Map(
    [...ties].flatMap(([symbol, tie]) => (tie.stands ? [[tie.reference, symbol]] : [])),
  );
  const symbols = [...new Set([USD, ...standing.keys()])].sort(compareText);
  return symbols.map((symbol) => ({
    symbol,
    priceUsd: symbol === USD ? 1 : usdOf(standing.get(symbol)!),
  }));
}
