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

/** Longest symbol shown without an address; the longest real ones name a maturity: `PT-sUSDE-27NOV2025`. */
const LONGEST_PLAIN = 24;

/** A symbol that cannot be mistaken for another, or for a name with an address. */
const PLAIN = new RegExp(String.raw`^[A-Za-z0-9._+$/-]{1,${LONGEST_PLAIN}}$`);

/** The start and end of an address: `0x1234…abcd`. */
export const shortAddress = (address: Address): string => `${address.slice(0, 6)}…${address.slice(-4)}`;

/**
 * A ledger whose assets have names that no other asset has, so that a name always means the same thing. Anyone may write
 * a token that calls itself WETH and open a market for it where nobody has to agree, so of the assets with one symbol
 * (whatever its case) the plain symbol belongs to
 *
 * 1. the only one that a listed market names, one of a venue where governance adds markets (`isPermissionless`), else
 * 2. the only one there is.
 *
 * All others are called `WETH (0x1234…abcd)`, and by their whole address where another asset has the same digits there.
 * Called so too, whoever lists it, is every asset whose symbol has more than ASCII letters, digits and `. - _ + $ /`, or
 * more than 24 characters: its letters may look like another's (Cyrillic `WЕTH`), its brackets like another's address.
 * A name thus ends in its own address or has no brackets at all. One without a symbol is `(0x1234…abcd)`.
 *
 * Counted are the tokens that the facts so far name, in terms or pools, so that a book does not depend on what was found
 * after it; those not named yet are called by their whole address.
 */
export function withAssetNames(ledger: Ledger): Ledger {
  const { known, listed } = tokensOf(ledger);
  const twins = new Map<string, Asset[]>();
  const sameShort = new Map<string, number>();
  for (const asset of ledger.reference.assets.values()) {
    if (!known.has(asset.address)) continue;
    push(twins, foldedSymbol(asset), asset);
    const short = shortAddress(asset.address);
    sameShort.set(short, (sameShort.get(short) ?? 0) + 1);
  }
  const owns = ({ address }: Asset, same: readonly Asset[]) => {
    const claims = same.length === 1 ? same : same.filter((twin) => listed.has(twin.address));
    return claims.length === 1 && claims[0]!.address === address;
  };
  const nameOf = (asset: Asset): string => {
    const { symbol, address } = asset;
    if (PLAIN.test(symbol) && owns(asset, twins.get(foldedSymbol(asset)) ?? [])) return symbol;
    const short = shortAddress(address);
    const isShort = known.has(address) && sameShort.get(short) === 1;
    // A token that says no symbol is called by its address when it is read.
    const said = cleanText(symbol) === short ? '' : cleanText(symbol);
    return `${said} (${isShort ? short : address})`.trim();
  };
  const assets = [...ledger.reference.assets].map(([address, asset]): [Address, Asset] => [
    address,
    { ...asset, symbol: nameOf(asset) },
  ]);
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
