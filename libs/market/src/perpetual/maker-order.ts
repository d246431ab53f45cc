import { mulDivDown } from '@undertow/units';
import { amount0Between, amount1Between } from '../pool/range-amounts.ts';
import { sqrtPriceX96AtTick } from '../pool/tick-math.ts';
import { rangeGrowth, type FundingGrowth, type PoolRanges } from './range-growth.ts';

const Q96 = 1n << 96n;
const Q128 = 1n << 128n;

/** Liquidity that a maker provides over a tick range of a market's pool (`OpenOrder.Info`). */
export interface MakerOrder {
  readonly lowerTick: number;
  readonly upperTick: number;
  readonly liquidity: bigint;
  /** What was put in, wad: the maker owes it. */
  readonly baseDebtWad: bigint;
  readonly quoteDebtWad: bigint;
  /** Fees per unit of liquidity in the range when the order last changed. */
  readonly feeInsideX128: bigint;
  /** Premium in and below the range when funding was last settled. */
  readonly premiumInsideX96: bigint;
  readonly premiumBelowX96: bigint;
  readonly premiumBySqrtInsideX96: bigint;
}

/** A change of an order as the venue says it: liquidity, and base and quote that went in (positive) or came out, wad. */
export interface OrderChange {
  readonly lowerTick: number;
  readonly upperTick: number;
  readonly liquidityDelta: bigint;
  readonly baseDelta: bigint;
  readonly quoteDelta: bigint;
}

/** Orders after funding was settled. Source: `OrderBook.updateFundingGrowthAndLiquidityCoefficientInFundingPayment`. */
export function settledOrders(
  orders: readonly MakerOrder[],
  ranges: PoolRanges,
  funding: FundingGrowth,
): readonly MakerOrder[] {
  return orders.map((order) => {
    const { inside, premiumBelowX96 } = rangeGrowth(ranges, funding, order);
    return {
      ...order,
      premiumBelowX96,
      premiumInsideX96: inside.premiumX96,
      premiumBySqrtInsideX96: inside.premiumBySqrtX96,
    };
  });
}

/**
 * Orders after one of them changed, in order of their ticks; pending fees were paid. What is taken away takes its share
 * of what is owed, rounded down. What is taken from an order that nobody knows leaves one with liquidity below zero: facts
 * are missing. Source: `OrderBook._addLiquidityToOrder`, `_removeLiquidityFromOrder`.
 */
export function changedOrders(
  orders: readonly MakerOrder[],
  change: OrderChange,
  ranges: PoolRanges,
  funding: FundingGrowth,
): readonly MakerOrder[] {
  const { lowerTick, upperTick, liquidityDelta, baseDelta, quoteDelta } = change;
  const isSame = (order: MakerOrder) => order.lowerTick === lowerTick && order.upperTick === upperTick;
  const before = orders.find(isSame) ?? newOrder(change);
  const owed = (debt: bigint, added: bigint) => {
    if (liquidityDelta >= 0n) return debt + added;
    return before.liquidity === 0n ? debt : debt - mulDivDown(debt, -liquidityDelta, before.liquidity);
  };
  const after: MakerOrder = {
    ...before,
    liquidity: before.liquidity + liquidityDelta,
    baseDebtWad: owed(before.baseDebtWad, baseDelta),
    quoteDebtWad: owed(before.quoteDebtWad, quoteDelta),
    feeInsideX128: rangeGrowth(ranges, funding, change).inside.feeX128,
  };
  const others = orders.filter((order) => !isSame(order));
  const all = after.liquidity === 0n ? others : [...others, after];
  return settledOrders(
    all.toSorted((a, b) => a.lowerTick - b.lowerTick || a.upperTick - b.upperTick),
    ranges,
    funding,
  );
}

const newOrder = ({ lowerTick, upperTick }: OrderChange): MakerOrder => ({
  ...{ lowerTick, upperTick, liquidity: 0n, baseDebtWad: 0n, quoteDebtWad: 0n, feeInsideX128: 0n },
  ...{ premiumInsideX96: 0n, premiumBelowX96: 0n, premiumBySqrtInsideX96: 0n },
});

/** A maker's orders in one market, summed: wad of base and of quote. */
export interface OrderTotals {
  /** In the pool at its price (`OrderBook.getTotalTokenAmountInPoolAndPendingFee`). */
  readonly baseWad: bigint;
  readonly quoteWad: bigint;
  /** What the maker put in and owes (`OrderBook.getTotalOrderDebt`). */
  readonly baseDebtWad: bigint;
  readonly quoteDebtWad: bigint;
}

/** What orders hold at a price of the pool, and what is owed for them, each amount rounded down. */
export function orderTotals(orders: readonly MakerOrder[], sqrtPriceX96: bigint): OrderTotals {
  let [baseWad, quoteWad, baseDebtWad, quoteDebtWad] = [0n, 0n, 0n, 0n];
  for (const order of orders) {
    const [low, high] = [sqrtPriceX96AtTick(order.lowerTick), sqrtPriceX96AtTick(order.upperTick)];
    const at = sqrtPriceX96 < low ? low : sqrtPriceX96 > high ? high : sqrtPriceX96;
    baseWad += amount0Between(at, high, order.liquidity, false);
    quoteWad += amount1Between(low, at, order.liquidity, false);
    baseDebtWad += order.baseDebtWad;
    quoteDebtWad += order.quoteDebtWad;
  }
  return { baseWad, quoteWad, baseDebtWad, quoteDebtWad };
}

/** Fees that orders have earned since they last changed, quote, wad. Source: `OrderBook._getPendingFeeAndFeeGrowthInsideX128ByOrder`. */
export function pendingFeeWad(orders: readonly MakerOrder[], ranges: PoolRanges): bigint {
  const none: FundingGrowth = { premiumX96: 0n, premiumBySqrtX96: 0n };
  return orders.reduce((sum, order) => {
    const grown = rangeGrowth(ranges, none, order).inside.feeX128 - order.feeInsideX128;
    return sum + (BigInt.asUintN(256, grown) * order.liquidity) / Q128;
  }, 0n);
}

/**
 * Premium × base that orders held while the price was below or in their range since funding was last settled, quote ×
 * seconds, wad; each order's rounded towards zero. Source: `Funding.calcLiquidityCoefficientInFundingPaymentByOrder`.
 */
export function orderFundingWad(
  orders: readonly MakerOrder[],
  ranges: PoolRanges,
  funding: FundingGrowth,
): bigint {
  return orders.reduce((sum, order) => {
    const [low, high] = [sqrtPriceX96AtTick(order.lowerTick), sqrtPriceX96AtTick(order.upperTick)];
    const { inside, premiumBelowX96 } = rangeGrowth(ranges, funding, order);
    const baseBelow = amount0Between(low, high, order.liquidity, false);
    const belowX96 = baseBelow * (premiumBelowX96 - order.premiumBelowX96);
    const premium = ((inside.premiumX96 - order.premiumInsideX96) * Q96) / high;
    const bySqrt = inside.premiumBySqrtX96 - order.premiumBySqrtInsideX96;
    return sum + (belowX96 + order.liquidity * (bySqrt - premium)) / Q96;
  }, 0n);
}
