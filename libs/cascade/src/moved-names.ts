import { findAsset, type Book, type BookAsset } from '@undertow/book';
import type { Address, VenueId } from '@undertow/market';
import { BadDataError } from '@undertow/units';
import { standsForReference } from './market/price-tree.ts';
import type { Move } from './scenario.ts';

/** How a person writes what moves, before the `=`. */
const HOW =
  'write a reference or asset (ETH, wstETH, 0x…), or one of market:CRV, rate:wstETH, oracle:wstETH, ' +
  'oracle:<venue>/wstETH, feed:ETH / USD, landed:wstETH, or landed for all oracles';

/**
 * The move that a person means: a reference or an asset by symbol or address, or, with its kind before a colon, a market, a rate,
 * an oracle (of one venue or all), a feed, or what lands (`landed`, the oracles of all assets, or of one). A symbol may be in another case where it fits one thing alone. An asset that is exchanged one to one for another means that, and one that stands for
 * its reference (WETH) means the reference (ETH).
 *
 * @throws BadDataError that says what is not known, and what is.
 */
export function moveNamed(book: Book, what: string, move: number): Move {
  if (/^landed:?$/i.test(what.trim())) return { kind: 'landed', move };
  const [, kind, name] = /^(?:(reference|asset|market|rate|oracle|feed|landed):)?\s*(.*)$/s.exec(
    what.trim(),
  )!;
  if (!name) throw new BadDataError(`${quoted(what)} names nothing that could move: ${HOW}`);
  if (kind === 'feed') return { kind, feed: feedNamed(book, name), move };
  if (kind === 'oracle') return { kind, ...oracleNamed(book, name), move };
  if (kind === 'market' || kind === 'rate' || kind === 'landed')
    return { kind, asset: assetNamed(book, name).address, move };
  const reference = kind === 'asset' ? undefined : referenceNamed(book, name);
  if (reference) return { kind: 'reference', symbol: reference.symbol, move };
  if (kind === 'reference') throw new BadDataError(unknownReference(book, name));
  const asset = unwrapped(book, assetNamed(book, name));
  if (!standsForReference(asset)) return { kind: 'asset', asset: asset.address, move };
  return { kind: 'reference', symbol: book.references[asset.reference]!.symbol, move };
}

/** What moves, as `moveNamed` reads it. */
export function moveName(book: Book, move: Move): string {
  switch (move.kind) {
    case 'reference':
      return move.symbol;
    case 'asset': {
      const symbol = symbolOf(book, move.asset);
      return book.references.some((one) => one.symbol === symbol) ? `asset:${symbol}` : symbol;
    }
    case 'market':
    case 'rate':
      return `${move.kind}:${symbolOf(book, move.asset)}`;
    case 'landed':
      return move.asset === undefined ? 'landed' : `landed:${symbolOf(book, move.asset)}`;
    case 'feed': {
      const feed = book.feeds.find(({ id }) => id === move.feed);
      const twins = book.feeds.filter(({ label }) => label === feed?.label);
      return `feed:${feed && twins.length === 1 ? feed.label : move.feed}`;
    }
    case 'oracle': {
      const symbol = symbolOf(book, move.asset);
      return move.venue === undefined ? `oracle:${symbol}` : `oracle:${move.venue}/${symbol}`;
    }
  }
}

/** By its symbol; in another case only where no asset is written so and one reference alone fits. */
function referenceNamed({ references, assets }: Book, name: string) {
  const exact = references.find(({ symbol }) => symbol === name);
  if (exact || assets.some(({ symbol }) => symbol === name)) return exact;
  const fitting = references.filter(({ symbol }) => symbol.toLowerCase() === name.toLowerCase());
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** What an asset is exchanged for one to one and at once, if so. */
function unwrapped({ assets }: Book, asset: BookAsset): BookAsset {
  let at = asset;
  while (at.tie.kind === 'wrapped' && at.tie.to !== undefined) at = assets[at.tie.to]!;
  return at;
}

const symbolOf = ({ assets }: Book, address: Address) =>
  assets.find((asset) => asset.address === address)?.symbol ?? address;

/** A sentence for a person that names all references that can move. */
export function unknownReference(book: Book, symbol: string): string {
  const known = movable(book).join(', ') || 'none';
  return `the book has no reference ${quoted(symbol)}; it has ${known}`;
}

/** All references but the dollar, in which everything is counted. */
const movable = ({ references }: Book) =>
  references.map(({ symbol }) => symbol).filter((symbol) => symbol !== 'USD');

function assetNamed(book: Book, name: string) {
  const found = findAsset(book, name);
  if ('asset' in found) return found.asset;
  const references = movable(book).join(', ') || 'none';
  throw new BadDataError(`${found.problem} References: ${references}. Otherwise ${HOW}.`);
}

function feedNamed({ feeds }: Book, name: string) {
  const byId = feeds.find(({ id }) => id.toLowerCase() === name.toLowerCase());
  if (byId) return byId.id;
  const found = feeds.filter(({ label }) => label === name);
  if (found.length === 1) return found[0]!.id;
  const list = (some: readonly { readonly label: string; readonly id: string }[]) =>
    some.map(({ label, id }) => `${label} (${id})`).join(', ') || 'none';
  throw new BadDataError(
    found.length > 1
      ? `several feeds are called ${quoted(name)}; name one by its id: ${list(found)}`
      : `the book has no feed ${quoted(name)}; it has ${list(feeds)}`,
  );
}

/** An asset, or one of a venue before a slash. */
function oracleNamed(book: Book, name: string): { readonly asset: Address; readonly venue?: VenueId } {
  const cut = name.indexOf('/');
  const said = name.slice(0, Math.max(cut, 0)).trim();
  const venue = book.venues.find(({ id }) => id.toLowerCase() === said.toLowerCase());
  if (cut !== -1 && !venue) {
    const known = book.venues.map(({ id }) => id).join(', ');
    throw new BadDataError(`the book has no venue ${quoted(said)}; it has ${known}`);
  }
  const { address } = assetNamed(book, venue ? name.slice(cut + 1).trim() : name);
  return venue ? { asset: address, venue: venue.id } : { asset: address };
}

/** As much of what somebody wrote as a message repeats. */
const quoted = (text: string) => JSON.stringify(text.slice(0, 100));
