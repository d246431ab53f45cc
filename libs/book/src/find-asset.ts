import type { Address } from '@undertow/market';
import { shortAddress } from './asset-names.ts';
import type { BookAsset } from './book.ts';

/** The asset that a name stands for, or a sentence for a person that says why there is none. */
export type FoundAsset<Named = BookAsset> = { readonly asset: Named } | { readonly problem: string };

/** As much of a name as a message repeats. */
const LONGEST_NAME = 60;

/**
 * Finds an asset by its address, in any case, or by its symbol as the book shows it (`WETH`, `WETH (0x1234…abcd)`; see
 * `withAssetNames`), or as it is written in another case (`weth`) where that fits one asset alone. An address goes first: a
 * token may call itself by another's address. So it may by another's name with an address: what ends in brackets with an
 * address never stands for an asset that has another.
 */
export function findAsset<Named extends Pick<BookAsset, 'address' | 'symbol'>>(
  { assets }: { readonly assets: readonly Named[] },
  nameOrAddress: string,
): FoundAsset<Named> {
  const byAddress = assets.find(({ address }) => address === nameOrAddress.toLowerCase());
  if (byAddress) return { asset: byAddress };
  const fitting = assets.filter(({ address }) => mayBe(nameOrAddress, address));
  const bySymbol = fitting.filter(({ symbol }) => symbol === nameOrAddress);
  if (bySymbol.length === 1) return { asset: bySymbol[0]! };
  const name = JSON.stringify(nameOrAddress.slice(0, LONGEST_NAME));
  if (assets.length === 0)
    return { problem: `Asset ${name} is not in the book: at this block the book holds no asset yet.` };
  const twins =
    bySymbol.length > 0
      ? bySymbol
      : fitting.filter(({ symbol }) => symbol.replace(OWN_ADDRESS, '') === nameOrAddress);
  if (twins.length > 0) {
    const addresses = twins.map(({ address }) => address).join(', ');
    return twins.length > 1
      ? { problem: `Several assets are called ${name}; name one by its address: ${addresses}.` }
      : {
          problem: `No asset in the book is the only one called ${name}; name it by its address: ${addresses}.`,
        };
  }
  const inAnyCase = fitting.filter(({ symbol }) => symbol.toLowerCase() === nameOrAddress.toLowerCase());
  if (inAnyCase.length === 1) return { asset: inAnyCase[0]! };
  if (inAnyCase.length > 1) {
    const symbols = inAnyCase.map(({ symbol }) => symbol).join(', ');
    return { problem: `Asset ${name} is not in the book as it is written; it may be any of ${symbols}.` };
  }
  const known = assets.map(({ symbol }) => symbol).join(', ');
  return { problem: `Asset ${name} is not in the book. Known: ${known}.` };
}

/** What `withAssetNames` adds to a symbol. */
const OWN_ADDRESS = / \(0x[0-9a-f…]+\)$/;
/** Brackets at the end of a name that look like an address, with whatever is in them. */
const BRACKETS = /\((0x[^()]*)\)\s*$/i;

/** Whether an asset with that address may go by a name: unless the name ends in another address, whole or short. */
function mayBe(name: string, address: Address): boolean {
  const said = BRACKETS.exec(name)?.[1]?.toLowerCase();
  return said === undefined || said === address || said === shortAddress(address);
}
