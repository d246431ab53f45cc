import type { Feed, Pool, Reference } from '@undertow/market';
import { BadDataError } from '@undertow/units';

/** Names that a message lists at most. */
const MOST_LISTED = 20;

/**
 * The feed that a person names: by its id, or by what it calls itself (`ETH / USD`), in any case.
 *
 * @throws BadDataError when there is none, or several call themselves that.
 */
export function findFeed({ feeds }: Reference, name: string): Feed {
  const wanted = plain(name);
  const byId = feeds.find(({ id }) => plain(id) === wanted);
  if (byId) return byId;
  const found = distinct(
    feeds.filter(({ description }) => plain(description) === wanted),
    ({ id }) => id,
  );
  const [only, ...others] = found;
  if (only && others.length === 0) return only;
  if (only)
    throw new BadDataError(
      `Several feeds are called ${shown(name)}: name one by its id (${listed(found.map(({ id }) => id))}).`,
    );
  throw new BadDataError(
    `No feed ${shown(name)} is known. Known: ${listed(feeds.map(({ description }) => description))}.`,
  );
}

/** A pool with the decimals and symbols of its tokens. */
export interface FoundPool extends Pool {
  readonly symbol0: string;
  readonly symbol1: string;
  readonly decimals0: number;
  readonly decimals1: number;
}

/**
 * The pool that a person names: by its address, or by its tokens and fee as `poolName` has them (`WETH/USDC 0.05 %`), in any case.
 *
 * @throws BadDataError when there is none, several are called that, or a token of it is not known.
 */
export function findPool(reference: Reference, name: string): FoundPool {
  const wanted = plain(name);
  const pools = reference.pools.flatMap((pool) => {
    const [token0, token1] = [pool.token0, pool.token1].map((token) =>
      reference.assets.find(({ address }) => address === token),
    );
    if (!token0 || !token1) return [];
    const tokens = { symbol0: token0.symbol, symbol1: token1.symbol };
    return [{ ...pool, ...tokens, decimals0: token0.decimals, decimals1: token1.decimals }];
  });
  const found = distinct(
    pools.filter((pool) => pool.address === wanted || plain(poolName(pool)) === wanted),
    ({ address }) => address,
  );
  const [only, ...others] = found;
  if (only && others.length === 0) return only;
  if (only)
    throw new BadDataError(
      `Several pools are called ${shown(name)}: name one by its address (${listed(found.map(({ address }) => address))}).`,
    );
  throw new BadDataError(`No pool ${shown(name)} is known. Known: ${listed(pools.map(poolName))}.`);
}

/** What people call a pool: `WETH/USDC 0.05 %`. */
export const poolName = ({ symbol0, symbol1, feePips }: Omit<FoundPool, keyof Pool> & Pool): string =>
  `${symbol0}/${symbol1} ${feePips / 10_000} %`;

/**
 * The market id that a person means: as it is, or by the symbol of its asset where markets go by assets.
 *
 * @throws BadDataError when the venue is not known, or several assets have that symbol.
 */
export function findMarket(
  { venues, assets }: Reference,
  name: { readonly venue: string; readonly market: string },
): string {
  if (!venues.some(({ id }) => id === name.venue))
    throw new BadDataError(
      `Venue ${shown(name.venue)} is not watched. Known: ${listed(venues.map(({ id }) => id))}.`,
    );
  const found = distinct(
    assets.filter(({ symbol }) => plain(symbol) === plain(name.market)),
    ({ address }) => address,
  );
  const [only, ...others] = found;
  if (only && others.length > 0)
    throw new BadDataError(
      `Several assets are called ${shown(name.market)}: name the market by its id (${listed(found.map(({ address }) => address))}).`,
    );
  return only?.address ?? name.market;
}

/** Each thing once: reference data may say the same twice. */
const distinct = <Thing>(things: readonly Thing[], keyOf: (thing: Thing) => string): Thing[] => [
  ...new Map(things.map((thing) => [keyOf(thing), thing])).values(),
];

const plain = (name: string) => name.trim().toLowerCase().replaceAll(/\s+/g, ' ');

const shown = (name: string) => JSON.stringify(name.slice(0, 80));

function listed(names: readonly string[]): string {
  const unique = [...new Set(names)].sort();
  if (unique.length === 0) return 'none yet';
  const more = unique.length > MOST_LISTED ? ` and ${unique.length - MOST_LISTED} more` : '';
  return `${unique.slice(0, MOST_LISTED).join(', ')}${more}`;
}
