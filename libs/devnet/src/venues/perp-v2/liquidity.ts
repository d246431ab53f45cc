import { listingOf } from '../../deploy/listing.ts';
import { MAX_UINT256, type Site, type Step } from '../../deploy/site.ts';
import type { Planned } from '../devnet-venue.ts';
import type { DeployedPerpMarket, PerpV2Contracts } from './contracts.ts';
import { POOL_IMPACT, POOL_TICK_SPACING, RANGE_FACTOR } from './markets.ts';
import type { PerpV2Plan } from './plan.ts';

/** Notional for which a market without positions has depth, USD. */
const LEAST_NOTIONAL_USD = 200_000;

type Plans = readonly Planned<PerpV2Plan>[];

/** The maker's one order in a market, in its usual amount or a multiple. */
export function addLiquidity(
  { actors, artifacts }: Site,
  contracts: PerpV2Contracts,
  market: DeployedPerpMarket,
  plan: Plans,
  times = 1n,
): Step {
  const price = listingOf(market.symbol).priceUsd;
  const liquidity = liquidityOf(market, plan);
  const [low, high] = [Math.sqrt(price / RANGE_FACTOR), Math.sqrt(price * RANGE_FACTOR)];
  const wad = (amount: number) => BigInt(Math.ceil(amount * 1e9)) * 10n ** 9n * times;
  const order = {
    baseToken: market.baseToken,
    base: wad(liquidity * (1 / Math.sqrt(price) - 1 / high)),
    quote: wad(liquidity * (Math.sqrt(price) - low)),
    ...orderTicks(market),
    ...{ minBase: 0n, minQuote: 0n, useTakerBalance: false, deadline: MAX_UINT256 },
  };
  return {
    contract: { address: contracts.clearingHouse, abi: artifacts.PerpClearingHouse.abi },
    ...{ functionName: 'addLiquidity', args: [order], from: actors.bank },
  };
}

/** Takes away part of the maker's order, in units of pool liquidity. */
export function removeLiquidity(
  { actors, artifacts }: Site,
  contracts: PerpV2Contracts,
  market: DeployedPerpMarket,
  liquidity: bigint,
): Step {
  const order = {
    ...{ baseToken: market.baseToken, ...orderTicks(market), liquidity },
    ...{ minBase: 0n, minQuote: 0n, deadline: MAX_UINT256 },
  };
  return {
    contract: { address: contracts.clearingHouse, abi: artifacts.PerpClearingHouse.abi },
    ...{ functionName: 'removeLiquidity', args: [order], from: actors.bank },
  };
}

export function orderTicks({ symbol }: DeployedPerpMarket): { lowerTick: number; upperTick: number } {
  const price = listingOf(symbol).priceUsd;
  const tickAt = (value: number) =>
    Math.round(Math.log(value) / Math.log(1.0001) / POOL_TICK_SPACING) * POOL_TICK_SPACING;
  return { lowerTick: tickAt(price / RANGE_FACTOR), upperTick: tickAt(price * RANGE_FACTOR) };
}

/** Liquidity at which selling the long positions moves the price by `POOL_IMPACT`: Δ(1/√P) = Δbase ÷ L. */
function liquidityOf({ symbol }: DeployedPerpMarket, plan: Plans): number {
  const longUsd = plan
    .flatMap(({ plan: { positions } }) => positions)
    .filter((position) => position.symbol === symbol && position.isLong)
    .reduce((sum, { notionalUsd }) => sum + notionalUsd, 0);
  const price = listingOf(symbol).priceUsd;
  const base = (Math.max(longUsd, LEAST_NOTIONAL_USD) * POOL_IMPACT.share) / price;
  return (base * Math.sqrt(price)) / (1 / Math.sqrt(1 - POOL_IMPACT.drop) - 1);
}
