import type { AssetSymbol } from '../../deploy/listing.ts';
import { CATEGORY, reserveOf } from './reserves.ts';

/** A kind of Aave account: which legs it has, in which shares, and how common it is. */
export interface AaveMix {
  readonly weight: number;
  readonly collateral: readonly {
    readonly symbol: AssetSymbol;
    readonly share: number;
    readonly enabled?: boolean;
  }[];
  readonly debt: readonly { readonly symbol: AssetSymbol; readonly share: number }[];
  readonly category?: number;
}

const usdc = { symbol: 'USDC', share: 1 } as const;
const weth = { symbol: 'WETH', share: 1 } as const;
const wbtc = { symbol: 'WBTC', share: 1 } as const;
const link = { symbol: 'LINK', share: 1 } as const;

export const AAVE_MIXES: readonly AaveMix[] = [
  { weight: 38, collateral: [weth], debt: [usdc] },
  { weight: 15, collateral: [wbtc], debt: [usdc] },
  { weight: 10, collateral: [part(weth, 0.6), part(wbtc, 0.4)], debt: [usdc] },
  { weight: 6, collateral: [usdc], debt: [weth] },
  { weight: 5, collateral: [part(wbtc, 0.6), part(usdc, 0.4)], debt: [weth] },
  {
    weight: 6,
    collateral: [part(weth, 0.4), part(wbtc, 0.4), part(usdc, 0.2)],
    debt: [part(usdc, 0.7), part(weth, 0.3)],
  },
  { weight: 4, collateral: [weth], debt: [part(usdc, 0.6), part(wbtc, 0.4)] },
  // Supplied without being used as collateral: it must not count.
  { weight: 3, collateral: [part(weth, 0.7), { ...part(usdc, 0.3), enabled: false }], debt: [usdc] },
  { weight: 3, collateral: [{ ...usdc, enabled: false }], debt: [] },
  { weight: 1, collateral: [{ ...link, enabled: false }], debt: [] },
  { weight: 2, collateral: [weth], debt: [] },
  // E-mode: the category's terms apply to collateral in it, the reserve's own to the rest.
  { weight: 2, collateral: [wbtc], debt: [weth], category: CATEGORY.id },
  { weight: 1, collateral: [weth], debt: [wbtc], category: CATEGORY.id },
  { weight: 1, collateral: [part(weth, 0.8), part(usdc, 0.2)], debt: [wbtc], category: CATEGORY.id },
  // Isolation mode: this collateral alone, and only debt that is borrowable in isolation.
  { weight: 3, collateral: [link], debt: [usdc] },
];

function part<Leg extends { readonly symbol: AssetSymbol }>(leg: Leg, share: number) {
  return { ...leg, share };
}

/** Debt at which an account is liquidated, and up to which it may borrow, USD, at the listed prices. */
export function debtCapacity(
  collateral: readonly { readonly symbol: AssetSymbol; readonly valueUsd: number }[],
  category: number,
): { thresholdUsd: number; limitUsd: number } {
  let thresholdUsd = 0;
  let limitUsd = 0;
  for (const { symbol, valueUsd } of collateral) {
    const reserve = reserveOf(symbol);
    const terms = category === CATEGORY.id && reserve.inCategory ? CATEGORY : reserve;
    thresholdUsd += (valueUsd * Number(terms.liquidationThresholdBps)) / 10_000;
    limitUsd += (valueUsd * Number(terms.loanToValueBps)) / 10_000;
  }
  return { thresholdUsd, limitUsd };
}
