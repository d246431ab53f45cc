import { planSizeUsd } from '../../accounts/plan-sizes.ts';
import type { Random } from '../../accounts/seeded-random.ts';
import { listingOf, unitsForUsd, usdOfUnits, type AssetSymbol } from '../../deploy/listing.ts';
import { planOrders, type PlannedOrder } from './makers.ts';
import { COLLATERAL_RATIO, INITIAL_MARGIN, MAINTENANCE_MARGIN } from './markets.ts';

export interface PlannedPosition {
  readonly symbol: AssetSymbol;
  readonly isLong: boolean;
  /** Base units, wad. */
  readonly size: bigint;
  /** At the listed price. */
  readonly notionalUsd: number;
}

export interface PerpV2Plan {
  readonly collateral: { readonly symbol: 'USDC' | 'WETH'; readonly amount: bigint };
  readonly positions: readonly PlannedPosition[];
  /** What it makes: owners with orders open no positions. */
  readonly orders: readonly PlannedOrder[];
}

/** Share of the owners who take positions, and of those who make. */
const USED_BY = 0.25;
const MADE_BY = 0.03;
const LONG_SHARE = 0.7;
const WETH_SHARE = 0.3;
const BOTH_MARKETS_SHARE = 0.15;
const WBTC_SHARE = 0.3;

/** Collateral is this share of the size that positions at lenders have. */
const MARGIN_PER_SIZE = 0.25;

/** Adverse move of the price that liquidates: few at the largest leverage, many within a crash, some beyond. */
const BUFFER = { min: 0.055, max: 0.6, skew: 1.6 };

export function planPerp(random: Random): PerpV2Plan | undefined {
  const who = random.uniform();
  if (who >= USED_BY + MADE_BY) return undefined;
  if (who >= USED_BY) return planMaker(random);
  const marginUsd = planSizeUsd(random) * MARGIN_PER_SIZE;
  const symbol = random.uniform() < WETH_SHARE ? 'WETH' : 'USDC';
  const isLong = random.uniform() < LONG_SHARE;
  const buffer = BUFFER.min + (BUFFER.max - BUFFER.min) * random.uniform() ** BUFFER.skew;
  const amount = unitsForUsd(symbol, marginUsd);
  const notionalUsd = notionalFor(usdOfUnits(symbol, amount), { symbol, isLong, buffer });
  const isBoth = random.uniform() < BOTH_MARKETS_SHARE;
  const first: AssetSymbol = random.uniform() < WBTC_SHARE ? 'WBTC' : 'WETH';
  const shares: readonly [AssetSymbol, number][] = isBoth
    ? [
        ['WETH', 0.6],
        ['WBTC', 0.4],
      ]
    : [[first, 1]];
  const positions = shares.map(([base, share]) => ({
    symbol: base,
    isLong,
    size: baseWad(base, notionalUsd * share),
    notionalUsd: notionalUsd * share,
  }));
  return { collateral: { symbol, amount }, positions, orders: [] };
}

function planMaker(random: Random): PerpV2Plan {
  const marginUsd = planSizeUsd(random) * MARGIN_PER_SIZE;
  const collateral = { symbol: 'USDC', amount: unitsForUsd('USDC', marginUsd) } as const;
  return { collateral, positions: [], orders: planOrders(random, marginUsd) };
}

/** Notional at which an adverse move by the buffer takes the margin to the maintenance margin; within the initial one. */
function notionalFor(
  marginUsd: number,
  of: { readonly symbol: string; readonly isLong: boolean; readonly buffer: number },
): number {
  const { isLong, buffer } = of;
  const isWeth = of.symbol === 'WETH';
  const [counted, then] = isWeth ? [COLLATERAL_RATIO, isLong ? 1 - buffer : 1 + buffer] : [1, 1];
  const moved = isLong ? 1 - buffer : 1 + buffer;
  const wanted = (marginUsd * counted * then) / (buffer + MAINTENANCE_MARGIN * moved);
  // Fees come off before the initial margin is checked.
  return Math.min(wanted, ((marginUsd * counted) / INITIAL_MARGIN) * 0.97);
}

/** Base units, wad, floored to nine decimals. */
function baseWad(symbol: AssetSymbol, notionalUsd: number): bigint {
  return BigInt(Math.floor((notionalUsd / listingOf(symbol).priceUsd) * 1e9)) * 10n ** 9n;
}

/** Collateral other than cash comes to the spot market; positions are closed in the venue's own pools. */
export function saleableOnPerp({ collateral }: PerpV2Plan): ReadonlyMap<AssetSymbol, number> {
  if (collateral.symbol === 'USDC') return new Map();
  return new Map([[collateral.symbol, usdOfUnits(collateral.symbol, collateral.amount)]]);
}
