import type { AssetSymbol } from '../../deploy/listing.ts';

/** Terms of an asset on Aave. */
export interface ReserveTerms {
  readonly symbol: AssetSymbol;
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
export const RESERVES: readonly ReserveTerms[] = [
  {
    symbol: 'WETH',
    loanToValueBps: 8_050n,
    liquidationThresholdBps: 8_300n,
    liquidationBonusBps: 10_500n,
    reserveFactorBps: 1_500n,
    inCategory: true,
    isolated: false,
  },
  {
    symbol: 'WBTC',
    loanToValueBps: 7_300n,
    liquidationThresholdBps: 7_800n,
    liquidationBonusBps: 10_500n,
    reserveFactorBps: 2_000n,
    inCategory: true,
    isolated: false,
  },
  {
    symbol: 'LINK',
    loanToValueBps: 6_600n,
    liquidationThresholdBps: 7_100n,
    liquidationBonusBps: 10_700n,
    reserveFactorBps: 2_000n,
    inCategory: false,
    isolated: true,
  },
  {
    symbol: 'USDC',
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

export function reserveOf(symbol: AssetSymbol): ReserveTerms {
  const terms = RESERVES.find((candidate) => candidate.symbol === symbol);
  if (!terms) throw new Error(`bug: ${symbol} is not listed on Aave`);
  return terms;
}
