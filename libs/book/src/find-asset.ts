import type { Book, BookAsset } from './book.ts';

/** The asset that a name stands for, or a sentence for a person that says why there is none. */
export type FoundAsset = { readonly asset: BookAsset } | { readonly problem: string };

/** As much of a name as a message repeats. */
const LONGEST_NAME = 60;

/**
 * Finds an asset by its address, in any case, or by its symbol where only one asset has it. An address goes first: a
 * token may call itself by another's address.
 */
export function findAsset({ assets }: Pick<Book, 'assets'>, nameOrAddress: string): FoundAsset {
  const byAddress = assets.find(({ address }) => address === nameOrAddress.toLowerCase());
  if (byAddress) return { asset: byAddress };
  const bySymbol = assets.filter(({ symbol }) => symbol === nameOrAddress);
  const [asset] = bySymbol;
  if (asset && bySymbol.length === 1) return { asset };
  const name = JSON.stringify(nameOrAddress.slice(0, LONGEST_NAME));
  if (asset) {
    const addresses = bySymbol.map(({ address }) => address).join(', ');
    return { problem: `Several assets are called ${name}; name one by its address: ${addresses}.` };
  }
  const known = assets.map(({ symbol }) => symbol).join(', ');
  return { problem: `Asset ${name} is not in the book. Known: ${known}.` };
}
