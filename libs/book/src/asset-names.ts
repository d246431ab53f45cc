import type { Address, Asset } from '@undertow/market';
import type { Ledger } from './ledger.ts';
import { mechanisms } from './mechanisms.ts';

/** Longest symbol shown, in characters; real ones have a dozen at most. */
const LONGEST_SYMBOL = 40;

/** Text of a chain on one line: no control, direction or invisible characters, and not too long. */
export function cleanText(text: string, longest = LONGEST_SYMBOL): string {
  const visible = text.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, '').trim();
  return [...visible].slice(0, longest).join('');
}

/** How an asset is named that has no claim to its plain symbol: `WETH (0x1234…abcd)`. */
export const nameWithAddress = (symbol: string, address: Address): string =>
  `${symbol} (${address.slice(0, 6)}…${address.slice(-4)})`;

/**
 * A ledger whose assets have names that no other asset has, so that a name always means the same thing. Anyone may write
 * a token that calls itself WETH and open a market for it where nobody has to agree, so of the assets with one symbol
 * (whatever its case) the plain symbol belongs to
 *
 * 1. the only one that a listed market names, one of a venue where governance adds markets (`isPermissionless`), else
 * 2. the only one there is.
 *
 * All others are called `WETH (0x1234…abcd)`, and by their whole address where even that is not theirs alone. Counted are
 * the tokens that the facts so far name, in terms or pools, so that a book does not depend on what was found after it.
 */
export function withAssetNames(ledger: Ledger): Ledger {
  const { known, listed } = tokensOf(ledger);
  const twins = new Map<string, Asset[]>();
  for (const asset of ledger.reference.assets.values()) {
    if (known.has(asset.address)) push(twins, foldedSymbol(asset), asset);
  }
  const owns = ({ address }: Asset, same: readonly Asset[]) => {
    const claims = same.filter((twin) => listed.has(twin.address));
    return same.length === 1 || (claims.length === 1 && claims[0]!.address === address);
  };
  const named = [...ledger.reference.assets.values()].map((asset) => {
    const symbol = cleanText(asset.symbol) || nameWithAddress('', asset.address).trim();
    const isPlain = owns(asset, twins.get(foldedSymbol(asset)) ?? []);
    const isOwn = isPlain && listed.has(asset.address);
    return { asset, isOwn, symbol: isPlain ? symbol : nameWithAddress(symbol, asset.address) };
  });
  const counts = new Map<string, number>();
  for (const { asset, symbol } of named) {
    if (known.has(asset.address)) counts.set(folded(symbol), (counts.get(folded(symbol)) ?? 0) + 1);
  }
  const assets = named.map(({ asset, symbol, isOwn }): [Address, Asset] => {
    const isUnique = isOwn || counts.get(folded(symbol)) === 1;
    const own = isUnique ? symbol : `${cleanText(asset.symbol)} (${asset.address})`;
    return [asset.address, { ...asset, symbol: own }];
  });
  return { ...ledger, reference: { ...ledger.reference, assets: new Map(assets) } };
}

/** The tokens that markets and pools name so far, and those among them that a listed market names. */
function tokensOf(ledger: Ledger) {
  const { venues, assets, pools } = ledger.reference;
  const known = new Set<string>();
  const listed = new Set<string>();
  for (const [id, { markets }] of ledger.venues) {
    const mechanism = venues.get(id)?.mechanism;
    const isListed = mechanism !== undefined && !mechanisms[mechanism].isPermissionless;
    for (const [market, { terms }] of markets) {
      for (const value of [market, ...Object.values(terms ?? {})]) {
        if (typeof value !== 'string' || !assets.has(value as Address)) continue;
        known.add(value);
        if (isListed) listed.add(value);
      }
    }
  }
  for (const address of ledger.pools.keys()) {
    const pool = pools.get(address);
    if (pool) known.add(pool.token0).add(pool.token1);
  }
  return { known, listed };
}

/** Symbols that a person would read as one: case and width do not matter. */
const folded = (text: string) => text.normalize('NFKC').toLowerCase();
const foldedSymbol = ({ symbol }: Asset) => folded(cleanText(symbol));

function push(twins: Map<string, Asset[]>, key: string, asset: Asset): void {
  const same = twins.get(key);
  if (same) same.push(asset);
  else twins.set(key, [asset]);
}
