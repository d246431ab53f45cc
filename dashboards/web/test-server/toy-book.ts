import { assetFinder } from '../../../apps/api/src/asset-answer.ts';

/** Invented accounts for tests of the page only: plausible in size and shape, and the same for the same seed. */
export interface ToyAccount {
  readonly venue: string;
  readonly owner: string;
  readonly market: string;
  readonly asset: number;
  readonly amount: number;
  readonly debtUsd: number;
  readonly threshold: number;
}

export interface ToyAsset {
  readonly asset: string;
  readonly symbol: string;
  readonly priceUsd: number;
  /** USD that can be sold at a cost of about 2 %; 0 = no market is known. */
  readonly depthUsd: number;
  /** What its family stands for. */
  readonly reference: string;
  readonly tie: 'none' | 'redeemable' | 'pegged';
  /** What it is redeemed for. */
  readonly tiedTo?: { readonly asset: string; readonly symbol: string };
}

const WETH = { asset: `0x${'c0'.repeat(20)}`, symbol: 'WETH' };

export const TOY_ASSETS: readonly ToyAsset[] = [
  { ...WETH, priceUsd: 3_184.52, depthUsd: 1_600_000, reference: 'ETH', tie: 'none' },
  {
    ...{ asset: `0x${'2b'.repeat(20)}`, symbol: 'WBTC', priceUsd: 91_240, depthUsd: 1_300_000 },
    ...{ reference: 'BTC', tie: 'none' },
  },
  {
    ...{ asset: `0x${'7f'.repeat(20)}`, symbol: 'wstETH', priceUsd: 3_911.07, depthUsd: 4_000_000 },
    ...{ reference: 'ETH', tie: 'redeemable', tiedTo: WETH },
  },
  {
    ...{ asset: `0x${'a0'.repeat(20)}`, symbol: 'USDC', priceUsd: 0.9998, depthUsd: 60_000_000 },
    ...{ reference: 'USD', tie: 'pegged' },
  },
  {
    ...{ asset: `0x${'d5'.repeat(20)}`, symbol: 'CRV', priceUsd: 0.62, depthUsd: 0 },
    ...{ reference: 'CRV', tie: 'none' },
  },
];
export const DEBT_ASSET = 3;

/** Cash of one venue, which takes it at one dollar whatever happens. */
export const TOY_CASH = {
  asset: `0x${'5d'.repeat(20)}`,
  symbol: 'sUSD',
  venue: 'lyra-avalon',
  heldUsd: 410_000,
};

/** The invented tokens as the schema has them. */
export const toyAsset = assetFinder(
  [...TOY_ASSETS, TOY_CASH].map(({ asset, symbol }) => ({
    ...{ address: asset, symbol },
    decimals: symbol === 'USDC' ? 6 : 18,
  })),
);

/** A generator of numbers in [0, 1) that a seed fixes (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Accounts with one collateral and USDC debt, on all invented venues; owners come back at several of them. */
export function toyAccounts(seed: number, howMany: number, venues: readonly VenueShare[]): ToyAccount[] {
  const random = seeded(seed);
  const owners = Array.from({ length: Math.ceil(howMany * 0.7) }, () =>
    Array.from({ length: 40 }, () => Math.floor(random() * 16).toString(16)).join(''),
  );
  const taken = new Set<string>();
  return Array.from({ length: howMany }, (_, i) => {
    let at = random();
    const { id, threshold } = venues.find(({ share }) => (at -= share) < 0) ?? venues[0]!;
    const asset = Math.floor(random() ** 1.4 * 3);
    const collateralUsd = 4_000 * 10 ** (random() * 2.6);
    const healthFactor = 1.006 + random() ** 2 * 1.3;
    const market =
      id === 'morpho-blue' ? `0x${String(asset).repeat(64)}` : id === 'lyra-avalon' ? String(i) : '';
    // As on a chain, an owner has an account once.
    let turn = i % owners.length;
    while (taken.has(`${turn} ${id} ${market}`)) turn = (turn + 1) % owners.length;
    taken.add(`${turn} ${id} ${market}`);
    return {
      ...{ venue: id, market, owner: `0x${owners[turn]}` },
      asset,
      amount: collateralUsd / (TOY_ASSETS[asset]?.priceUsd ?? 1),
      debtUsd: (collateralUsd * threshold) / healthFactor,
      threshold,
    };
  });
}

interface VenueShare {
  readonly id: string;
  readonly share: number;
  readonly threshold: number;
}
