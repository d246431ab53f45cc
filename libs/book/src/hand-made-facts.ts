import type { Address, Fact, FactKey, Reference } from '@undertow/market';
import { RAY } from '@undertow/units';

/** Addresses of the hand-made world. */
export const WETH: Address = '0x00000000000000000000000000000000000000e1';
export const WBTC: Address = '0x00000000000000000000000000000000000000b1';
export const USDC: Address = '0x00000000000000000000000000000000000000d1';
export const ethFeed = 'eth-feed';
export const btcFeed = 'btc-feed';
export const usdcFeed = 'usdc-feed';
export const PAIR = '0xpair';
export const POOL: Address = '0x00000000000000000000000000000000000000f1';
export const START = 1_700_000_000;

export const owner = (i: number): Address => `0x${(0xa000 + i).toString(16).padStart(40, '0')}`;

export const reference: Reference = {
  venues: [
    {
      id: 'aave',
      chainId: 1,
      protocol: 'aave-v3',
      version: '3.0',
      mechanism: 'pooled-lending',
      address: '0xaa',
    },
    {
      id: 'morpho',
      chainId: 1,
      protocol: 'morpho-blue',
      version: '1.0',
      mechanism: 'isolated-pair',
      address: '0xbb',
    },
  ],
  assets: [
    { chainId: 1, address: WETH, symbol: 'WETH', decimals: 18 },
    { chainId: 1, address: WBTC, symbol: 'WBTC', decimals: 8 },
    { chainId: 1, address: USDC, symbol: 'USDC', decimals: 6 },
  ],
  feeds: [
    { id: ethFeed, chainId: 1, description: 'ETH / USD', decimals: 8 },
    { id: btcFeed, chainId: 1, description: 'BTC / USD', decimals: 8 },
    { id: usdcFeed, chainId: 1, description: 'USDC / USD', decimals: 8 },
  ],
  pools: [{ address: POOL, chainId: 1, token0: WETH, token1: USDC, feePips: 3_000, tickSpacing: 60 }],
};

type Said = Fact extends infer F ? (F extends Fact ? Omit<F, keyof FactKey> : never) : never;

/** Gives facts keys in order, ten to a block, twelve seconds apart. */
export function keyed(said: readonly Said[], firstBlock = 1): Fact[] {
  return said.map((fact, i) => {
    const block = firstBlock + Math.floor(i / 10);
    return { ...fact, chainId: 1, block, logIndex: i % 10, part: 0, time: START + (block - 1) * 12 } as Fact;
  });
}

const reserve = (asset: Address, decimals: number, place: { reserveId: number; feed: string }): Said => ({
  kind: 'TermsChanged',
  venue: 'aave',
  market: asset,
  patch: {
    form: 'reserve',
    asset,
    decimals,
    reserveId: place.reserveId,
    loanToValueBps: 8_000n,
    liquidationThresholdBps: 8_250n,
    liquidationBonusBps: 500n,
    liquidationProtocolFeeBps: 1_000n,
    isActive: true,
    oracle: { form: 'feed', feed: place.feed },
  },
});

/** A pooled venue with three reserves, a pair of WETH against USDC that asks the same feeds, and prices. */
export const marketsSaid: readonly Said[] = [
  reserve(WETH, 18, { reserveId: 0, feed: ethFeed }),
  reserve(WBTC, 8, { reserveId: 1, feed: btcFeed }),
  reserve(USDC, 6, { reserveId: 2, feed: usdcFeed }),
  {
    kind: 'TermsChanged',
    venue: 'morpho',
    market: PAIR,
    patch: {
      form: 'pair',
      collateralAsset: WETH,
      debtAsset: USDC,
      liquidationThresholdWad: 860_000_000_000_000_000n,
      oracle: { form: 'ratio', base: [ethFeed], quote: [usdcFeed], scaleFactor: 10n ** 24n },
      rateModel: { address: '0xcc', form: 'none' },
    },
  },
  price(ethFeed, 3_000n),
  price(btcFeed, 60_000n),
  price(usdcFeed, 1n),
];

export function price(feed: string, dollars: bigint): Said {
  return { kind: 'PricePosted', feed, answer: dollars * 10n ** 8n, round: 1n, updatedAt: START };
}

/** Shares of an account at the pooled venue; an index of one ray makes them amounts. */
export function pooledLeg(
  i: number,
  market: Address,
  side: 'collateral' | 'debt',
  sharesDelta: bigint,
): Said {
  return { kind: 'LegChanged', venue: 'aave', market, owner: owner(i), side, sharesDelta };
}

export function switched(i: number, market: Address, enabled = true): Said {
  return { kind: 'CollateralSwitched', venue: 'aave', market, owner: owner(i), enabled };
}

export function index(
  market: Address,
  side: 'collateral' | 'debt',
  ratePerYearRay: bigint,
  indexRay = RAY,
): Said {
  return {
    kind: 'IndexAccrued',
    venue: 'aave',
    market,
    accrual: { form: 'ray', side, indexRay, ratePerYearRay },
  };
}

/** Collateral and debt (raw units) of an account in the pair; a million shares per unit, as an empty market gives. */
export function pairPosition(i: number, collateral: bigint, debt: bigint): Said[] {
  const at = { venue: 'morpho', market: PAIR } as const;
  const shares = debt * 10n ** 6n;
  return [
    { kind: 'LegChanged', ...at, owner: owner(i), side: 'collateral', sharesDelta: collateral },
    { kind: 'LegChanged', ...at, owner: owner(i), side: 'debt', sharesDelta: shares },
    {
      kind: 'IndexAccrued',
      ...at,
      accrual: { form: 'totals', side: 'debt', assetsDelta: debt, sharesDelta: shares, accrued: true },
    },
  ];
}

/** A pool of WETH against USDC at 3,000, deep from 600 to 15,000. */
export const poolSaid: readonly Said[] = [
  {
    kind: 'LiquidityChanged',
    pool: POOL,
    change: { form: 'range', lowerTick: -212_400, upperTick: -180_060, liquidityDelta: 10n ** 18n },
  },
  {
    kind: 'LiquidityChanged',
    pool: POOL,
    change: {
      form: 'price',
      sqrtPriceX96: 4_339_505_179_874_779_489_431_521n,
      tick: -196_257,
      liquidity: 10n ** 18n,
    },
  },
];

/** Two accounts at the pooled venue, one of them also in the pair, and a supplier without debt. */
export const accountsSaid: readonly Said[] = [
  pooledLeg(1, WETH, 'collateral', 10n * 10n ** 18n),
  switched(1, WETH),
  pooledLeg(1, USDC, 'debt', 20_000n * 10n ** 6n),
  pooledLeg(2, WBTC, 'collateral', 10n ** 8n),
  switched(2, WBTC),
  pooledLeg(2, WETH, 'collateral', 10n ** 18n),
  pooledLeg(2, USDC, 'debt', 30_000n * 10n ** 6n),
  pooledLeg(2, WBTC, 'debt', 10n ** 7n),
  pooledLeg(3, WETH, 'collateral', 10n ** 18n),
  switched(3, WETH),
  ...pairPosition(1, 5n * 10n ** 18n, 9_000n * 10n ** 6n),
];

export const allSaid: readonly Said[] = [...marketsSaid, ...poolSaid, ...accountsSaid];
