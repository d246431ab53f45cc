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
  /** USD that can be sold at a cost of about 2 %. */
  readonly depthUsd: number;
}

export const TOY_ASSETS: readonly ToyAsset[] = [
  { asset: `0x${'c0'.repeat(20)}`, symbol: 'WETH', priceUsd: 3_184.52, depthUsd: 1_600_000 },
  { asset: `0x${'2b'.repeat(20)}`, symbol: 'WBTC', priceUsd: 91_240, depthUsd: 1_300_000 },
  { asset: `0x${'7f'.repeat(20)}`, symbol: 'wstETH', priceUsd: 3_911.07, depthUsd: 4_000_000 },
  { asset: `0x${'a0'.repeat(20)}`, symbol: 'USDC', priceUsd: 0.9998, depthUsd: 60_000_000 },
];
export const DEBT_ASSET = 3;

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

/** Accounts with one collateral and USDC debt, on two venues. */
export function toyAccounts(seed: number, howMany: number): ToyAccount[] {
  const random = seeded(seed);
  return Array.from({ length: howMany }, () => {
    const isMorpho = random() < 0.4;
    const asset = Math.floor(random() ** 1.4 * 3);
    const collateralUsd = 4_000 * 10 ** (random() * 2.6);
    const threshold = isMorpho ? 0.86 : 0.825;
    const healthFactor = 1.006 + random() ** 2 * 1.3;
    return {
      venue: isMorpho ? 'morpho-blue' : 'aave-v3',
      owner: `0x${Array.from({ length: 40 }, () => Math.floor(random() * 16).toString(16)).join('')}`,
      market: isMorpho ? `0x${String(asset).repeat(64)}` : '',
      asset,
      amount: collateralUsd / (TOY_ASSETS[asset]?.priceUsd ?? 1),
      debtUsd: (collateralUsd * threshold) / healthFactor,
      threshold,
    };
  });
}
