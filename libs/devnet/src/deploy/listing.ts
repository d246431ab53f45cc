/** The assets of the local chain. */
export type AssetSymbol = 'WETH' | 'WBTC' | 'LINK' | 'USDC';

export interface Listing {
  readonly symbol: AssetSymbol;
  readonly decimals: number;
  readonly priceUsd: number;
  readonly loanToValueBps: bigint;
  readonly liquidationThresholdBps: bigint;
  /** 10500 = the liquidator gets 5 % on top, as the protocol stores it. */
  readonly liquidationBonusBps: bigint;
  readonly reserveFactorBps: bigint;
  /** In the e-mode category of the local chain. */
  readonly inCategory: boolean;
  /** Usable as collateral only by itself, up to a debt ceiling. */
  readonly isolated: boolean;
}

/** Risk parameters near those of Aave v3 on Ethereum (core market, 2025). */
export const LISTINGS: readonly Listing[] = [
  {
    symbol: 'WETH',
    decimals: 18,
    priceUsd: 3_000,
    loanToValueBps: 8_050n,
    liquidationThresholdBps: 8_300n,
    liquidationBonusBps: 10_500n,
    reserveFactorBps: 1_500n,
    inCategory: true,
    isolated: false,
  },
  {
    symbol: 'WBTC',
    decimals: 8,
    priceUsd: 60_000,
    loanToValueBps: 7_300n,
    liquidationThresholdBps: 7_800n,
    liquidationBonusBps: 10_500n,
    reserveFactorBps: 2_000n,
    inCategory: true,
    isolated: false,
  },
  {
    symbol: 'LINK',
    decimals: 18,
    priceUsd: 15,
    loanToValueBps: 6_600n,
    liquidationThresholdBps: 7_100n,
    liquidationBonusBps: 10_700n,
    reserveFactorBps: 2_000n,
    inCategory: false,
    isolated: true,
  },
  {
    symbol: 'USDC',
    decimals: 6,
    priceUsd: 1,
    loanToValueBps: 7_500n,
    liquidationThresholdBps: 7_800n,
    liquidationBonusBps: 10_450n,
    reserveFactorBps: 1_000n,
    inCategory: false,
    isolated: false,
  },
];

/** E-mode category 1: WETH and WBTC against each other. Our own; chosen so that both legs move in a crash. */
export const CATEGORY = {
  id: 1,
  label: 'Majors',
  loanToValueBps: 8_700n,
  liquidationThresholdBps: 9_000n,
  liquidationBonusBps: 10_300n,
} as const;

/** Morpho markets, collateral against USDC. 86 % is an enabled LLTV on mainnet. */
export const MORPHO_MARKETS: readonly { readonly collateral: AssetSymbol; readonly lltvWad: bigint }[] = [
  { collateral: 'WETH', lltvWad: 860_000_000_000_000_000n },
  { collateral: 'WBTC', lltvWad: 860_000_000_000_000_000n },
];

/** Decimals of the answers of every feed. */
export const FEED_DECIMALS = 8;

export function listingOf(symbol: AssetSymbol): Listing {
  const listing = LISTINGS.find((candidate) => candidate.symbol === symbol);
  if (!listing) throw new Error(`bug: no listing for ${symbol}`);
  return listing;
}

/** Raw units of an amount of an asset, floored to nine significant fraction digits. */
export function rawUnits(symbol: AssetSymbol, amount: number): bigint {
  const { decimals } = listingOf(symbol);
  const digits = Math.min(decimals, 9);
  return BigInt(Math.floor(amount * 10 ** digits)) * 10n ** BigInt(decimals - digits);
}
