import { planHealth, planSizeUsd } from '../../accounts/plan-sizes.ts';
import type { Random } from '../../accounts/seeded-random.ts';
import type { AssetSymbol } from '../../deploy/listing.ts';
import {
  CATEGORIES,
  ETH_CORRELATED,
  reserveOf,
  startUnits,
  WETH_FOR_USDC,
  type ReserveSymbol,
} from './reserves.ts';

export interface AaveV36Plan {
  readonly collateral: readonly {
    readonly symbol: ReserveSymbol;
    /** Raw units. */
    readonly amount: bigint;
    readonly valueUsd: number;
    /** Used as collateral. */
    readonly enabled: boolean;
  }[];
  readonly debt: readonly { readonly symbol: AssetSymbol; readonly amount: bigint }[];
  /** E-mode category; 0 = none. */
  readonly category: number;
}

/** A kind of account: which legs it has, in which shares, and how common it is. */
interface Mix {
  readonly weight: number;
  readonly collateral: readonly (readonly [symbol: ReserveSymbol, share: number])[];
  readonly debt: readonly (readonly [symbol: AssetSymbol, share: number])[];
  readonly category?: number;
  /** Supplied without being used as collateral. */
  readonly idle?: ReserveSymbol;
}

const MIXES: readonly Mix[] = [
  { weight: 24, collateral: [['WETH', 1]], debt: [['USDC', 1]] },
  { weight: 12, collateral: [['WBTC', 1]], debt: [['USDC', 1]] },
  { weight: 10, collateral: [['stWETH', 1]], debt: [['USDC', 1]] },
  // Staked WETH bought with borrowed WETH: only a depeg, or interest, liquidates it.
  { weight: 9, collateral: [['stWETH', 1]], debt: [['WETH', 1]], category: ETH_CORRELATED.id },
  { weight: 8, collateral: [['WETH', 1]], debt: [['USDC', 1]], category: WETH_FOR_USDC.id },
  // The category's terms for the WETH in it, the reserve's own for the rest.
  {
    weight: 4,
    collateral: [
      ['WETH', 0.6],
      ['WBTC', 0.4],
    ],
    debt: [['USDC', 1]],
    category: WETH_FOR_USDC.id,
  },
  {
    weight: 8,
    collateral: [
      ['WETH', 0.6],
      ['stWETH', 0.4],
    ],
    debt: [['USDC', 1]],
  },
  // Several debts: half of all of them may be closed, and all are written off together.
  {
    weight: 8,
    collateral: [
      ['WETH', 0.5],
      ['WBTC', 0.3],
      ['LINK', 0.2],
    ],
    debt: [
      ['USDC', 0.6],
      ['WBTC', 0.4],
    ],
  },
  {
    weight: 4,
    collateral: [['stWETH', 1]],
    debt: [
      ['USDC', 0.7],
      ['LINK', 0.3],
    ],
  },
  { weight: 5, collateral: [['USDC', 1]], debt: [['WETH', 1]] },
  { weight: 3, collateral: [['LINK', 1]], debt: [['USDC', 1]] },
  {
    weight: 3,
    collateral: [
      ['WETH', 0.7],
      ['USDC', 0.3],
    ],
    debt: [['USDC', 1]],
    idle: 'USDC',
  },
  { weight: 2, collateral: [['stWETH', 1]], debt: [] },
];

/** Share of the owners who use the venue. */
const USED_BY = 0.3;

/** Distance kept from the venue's borrowing limit, because amounts are floored and interest accrues while building. */
const LIMIT_MARGIN = 0.998;

export function planAaveV36(random: Random): AaveV36Plan | undefined {
  if (random.uniform() >= USED_BY) return undefined;
  const mix = MIXES[random.choose(MIXES.map(({ weight }) => weight))] as Mix;
  const sizeUsd = planSizeUsd(random);
  const collateral = mix.collateral.map(([symbol, share]) => {
    const valueUsd = sizeUsd * share * (0.8 + 0.4 * random.uniform());
    return { symbol, valueUsd, amount: startUnits(symbol, valueUsd), enabled: symbol !== mix.idle };
  });
  const { category = 0 } = mix;
  const { thresholdUsd, limitUsd } = capacity({ collateral, category });
  const debtUsd = Math.min(thresholdUsd / planHealth(random), limitUsd * LIMIT_MARGIN);
  const debt = mix.debt.map(([symbol, share]) => ({ symbol, amount: startUnits(symbol, debtUsd * share) }));
  return { collateral, debt: debt.filter(({ amount }) => amount > 0n), category };
}

/** Debt at which an account is liquidated, and up to which it may borrow, USD, at the start. */
function capacity({ collateral, category }: Pick<AaveV36Plan, 'collateral' | 'category'>) {
  let thresholdUsd = 0;
  let limitUsd = 0;
  const chosen = CATEGORIES.find(({ id }) => id === category);
  for (const { symbol, valueUsd, enabled } of collateral) {
    if (!enabled) continue;
    const terms = chosen?.collateral.includes(symbol) ? chosen : reserveOf(symbol);
    thresholdUsd += (valueUsd * Number(terms.liquidationThresholdBps)) / 10_000;
    limitUsd += (valueUsd * Number(terms.loanToValueBps)) / 10_000;
  }
  return { thresholdUsd, limitUsd };
}

/** Collateral in use, USD. Staked WETH comes to market as WETH. */
export function saleableOnAaveV36({ collateral }: AaveV36Plan): ReadonlyMap<AssetSymbol, number> {
  const saleable = new Map<AssetSymbol, number>();
  for (const { symbol, valueUsd, enabled } of collateral) {
    const sold = symbol === 'stWETH' ? 'WETH' : symbol;
    if (enabled) saleable.set(sold, (saleable.get(sold) ?? 0) + valueUsd);
  }
  return saleable;
}
