import { accountPath, assetPath, marketPath, venuePath } from '../../frame/paths.ts';
import { shortAddress } from '../../format/address.ts';
import { venueName } from '../../format/venue.ts';
import { isAddress } from '../account/load.ts';

/** Something that a text names, and where it is. */
export interface Found {
  readonly kind: 'Address' | 'Asset' | 'Venue' | 'Market';
  readonly name: string;
  /** What tells it from others of the same name. */
  readonly more: string;
  readonly path: string;
}

/** All that may be found but addresses, which are known by their form. */
export interface Searchable {
  readonly venues: readonly { readonly id: string }[];
  readonly markets: readonly { readonly venue: string; readonly id: string; readonly label: string }[];
  readonly assets: readonly { readonly asset: { readonly symbol: string; readonly address: string } }[];
}

/** More than these are found by a longer text. */
const MOST = 8;

/** What a text names, the closest first: an address, or what has the text in its name or its id. */
export function foundBy(text: string, { venues, markets, assets }: Searchable): readonly Found[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return [];
  const all: (Found & { readonly also: string })[] = [
    ...assets.map(({ asset: { symbol, address } }) => ({
      ...({ kind: 'Asset', name: symbol, more: shortAddress(address), path: assetPath(symbol) } as const),
      also: address,
    })),
    ...venues.map(({ id }) => ({
      ...({ kind: 'Venue', name: venueName(id), more: id, path: venuePath(id) } as const),
      also: id,
    })),
    ...markets.map(({ venue, id, label }) => ({
      ...({ kind: 'Market', name: label, more: venueName(venue), path: marketPath(venue, id) } as const),
      also: id,
    })),
  ];
  const ranked = all
    .map((one) => ({ one, rank: rankOf(wanted, one.name.toLowerCase(), one.also.toLowerCase()) }))
    .filter(({ rank }) => rank < NOT_FOUND)
    .sort((a, b) => a.rank - b.rank)
    .map(({ one: { kind, name, more, path } }): Found => ({ kind, name, more, path }));
  const address: Found[] = isAddress(wanted)
    ? [{ kind: 'Address', name: wanted, more: 'over all venues', path: accountPath(wanted) }]
    : [];
  return [...address, ...ranked].slice(0, MOST);
}

const NOT_FOUND = 4;

/** 0 where the name is the text, then where it begins with it, has it, or the id has it. */
function rankOf(wanted: string, name: string, id: string): number {
  if (name === wanted || id === wanted) return 0;
  if (name.startsWith(wanted)) return 1;
  if (name.includes(wanted)) return 2;
  return id.includes(wanted) ? 3 : NOT_FOUND;
}

/** Why nothing is found, in words. */
export function whyNothing(text: string): string {
  const wanted = text.trim();
  if (wanted === '') return 'write an address, or the name of an asset, a venue or a market.';
  return /^0x/i.test(wanted)
    ? `“${wanted}” is not an address: 0x and 40 hexadecimal digits.`
    : `no asset, venue or market is called “${wanted}”.`;
}
