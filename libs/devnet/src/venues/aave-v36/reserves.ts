import { listingOf, unitsForUsd, type AssetSymbol } from '../../deploy/listing.ts';

/** What can be supplied: the listed assets, and the token of staked WETH that this venue brings along. */
export type ReserveSymbol = AssetSymbol | 'stWETH';

/** Terms of an asset. */
export interface Reserve {
  readonly symbol: ReserveSymbol;
  readonly loanToValueBps: bigint;
  readonly liquidationThresholdBps: bigint;
  /** 10500 = the liquidator gets 5 % on top, as the protocol stores it. */
  readonly liquidationBonusBps: bigint;
  readonly liquidationProtocolFeeBps: bigint;
  readonly reserveFactorBps: bigint;
  readonly isBorrowable: boolean;
}

/** Near those of the smaller markets of Aave v3 (2025): other than those of the local chain's first Aave. */
export const RESERVES: readonly Reserve[] = [
  reserve('WETH', [7_800n, 8_100n, 10_600n], { fee: 1_000n, factor: 1_500n }),
  reserve('WBTC', [7_000n, 7_500n, 10_700n], { fee: 1_500n, factor: 5_000n }),
  reserve('LINK', [6_500n, 7_000n, 10_750n], { fee: 1_000n, factor: 2_000n }),
  reserve('USDC', [7_400n, 7_700n, 10_450n], { fee: 1_000n, factor: 1_000n }),
  { ...reserve('stWETH', [7_300n, 7_700n, 10_700n], { fee: 1_000n, factor: 500n }), isBorrowable: false },
];

function reserve(
  symbol: ReserveSymbol,
  [loanToValueBps, liquidationThresholdBps, liquidationBonusBps]: readonly [bigint, bigint, bigint],
  { fee, factor }: { readonly fee: bigint; readonly factor: bigint },
): Reserve {
  return {
    ...{ symbol, loanToValueBps, liquidationThresholdBps, liquidationBonusBps },
    ...{ liquidationProtocolFeeBps: fee, reserveFactorBps: factor, isBorrowable: true },
  };
}

/** A liquid e-mode: which assets its terms apply to as collateral, and which may be borrowed in it. */
export interface Category {
  readonly id: number;
  readonly label: string;
  readonly loanToValueBps: bigint;
  readonly liquidationThresholdBps: bigint;
  readonly liquidationBonusBps: bigint;
  readonly collateral: readonly ReserveSymbol[];
  readonly borrowable: readonly ReserveSymbol[];
}

export const ETH_CORRELATED: Category = {
  ...{ id: 1, label: 'ETH correlated', collateral: ['stWETH', 'WETH'], borrowable: ['WETH'] },
  ...{ loanToValueBps: 9_000n, liquidationThresholdBps: 9_300n, liquidationBonusBps: 10_200n },
};

/** WETH is in two categories, with other terms in each. */
export const WETH_FOR_USDC: Category = {
  ...{ id: 2, label: 'WETH for USDC', collateral: ['WETH'], borrowable: ['USDC'] },
  ...{ loanToValueBps: 8_300n, liquidationThresholdBps: 8_600n, liquidationBonusBps: 10_450n },
};

export const CATEGORIES: readonly Category[] = [ETH_CORRELATED, WETH_FOR_USDC];

/** WETH per staked WETH at the start: 15 % of yield so far. */
export const FIRST_RATIO = 1.15;

export function reserveOf(symbol: ReserveSymbol): Reserve {
  const found = RESERVES.find((candidate) => candidate.symbol === symbol);
  if (!found) throw new Error(`bug: ${symbol} is not listed on Aave v3.6`);
  return found;
}

/** Raw units worth an amount of USD at the start. */
export function startUnits(symbol: ReserveSymbol, valueUsd: number): bigint {
  return symbol === 'stWETH' ? unitsForUsd('WETH', valueUsd / FIRST_RATIO) : unitsForUsd(symbol, valueUsd);
}

export function decimalsOf(symbol: ReserveSymbol): number {
  return listingOf(symbol === 'stWETH' ? 'WETH' : symbol).decimals;
}
