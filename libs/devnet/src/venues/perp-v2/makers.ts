import type { Hex } from 'viem';
import type { Random } from '../../accounts/seeded-random.ts';
import { listingOf, type AssetSymbol } from '../../deploy/listing.ts';
import { MAX_UINT256 } from '../../deploy/site.ts';
import type { Transaction } from '../../evm/chain.ts';
import { encodeCall } from '../../evm/contract.ts';
import type { Scene } from '../../scene.ts';
import type { VenueScene } from '../venue-scene.ts';
import type { DeployedPerpMarket, PerpV2Contracts } from './contracts.ts';
import { INITIAL_MARGIN, POOL_TICK_SPACING } from './markets.ts';
import { TRADE_GAS } from './trade.ts';

/** Liquidity that an owner provides, around a price. */
export interface PlannedOrder {
  readonly symbol: AssetSymbol;
  /** Ends of its range, as factors on the price: 0.95 to 1.05 holds it, 1.05 to 1.2 lies above. */
  readonly from: number;
  readonly to: number;
  /** At most so much base and so much quote, USD each. */
  readonly valueUsd: number;
}

/** Ranges that makers choose: around the price, wide and narrow, and on one side of it. */
const RANGES: readonly (readonly [from: number, to: number])[] = [
  [0.75, 1.3],
  [0.95, 1.05],
  [1.05, 1.4],
  [0.7, 0.95],
];

/** Orders of a maker with so much margin: one or two, from careful to as much as the initial margin allows. */
export function planOrders(random: Random, marginUsd: number): PlannedOrder[] {
  const count = random.uniform() < 0.4 ? 2 : 1;
  const owedUsd = (marginUsd / INITIAL_MARGIN) * (0.3 + 0.67 * random.uniform());
  return Array.from({ length: count }, () => {
    const symbol: AssetSymbol = random.uniform() < 0.5 ? 'WETH' : 'WBTC';
    const [from, to] = RANGES[random.choose([3, 3, 1, 1])]!;
    return { symbol, from, to, valueUsd: owedUsd / count / 2 };
  });
}

/** What adds an order, around a price in USD. */
export function addOrder(
  { artifacts }: Pick<Scene, 'artifacts'>,
  perp: Pick<PerpV2Contracts, 'clearingHouse' | 'markets'>,
  owner: Hex,
  {
    symbol,
    from,
    to,
    valueUsd,
    priceUsd = listingOf(symbol).priceUsd,
  }: PlannedOrder & { readonly priceUsd?: number },
): Transaction {
  const market = perp.markets.find((one) => one.symbol === symbol);
  if (!market) throw new Error(`bug: no perpetual on ${symbol}`);
  const wad = (amount: number) => BigInt(Math.floor(amount * 1e9)) * 10n ** 9n;
  const order = {
    ...{ baseToken: market.baseToken, base: wad(valueUsd / priceUsd), quote: wad(valueUsd) },
    ...{ lowerTick: tickAt(priceUsd * from), upperTick: tickAt(priceUsd * to) },
    ...{ minBase: 0n, minQuote: 0n, useTakerBalance: false, deadline: MAX_UINT256 },
  };
  const data = encodeCall(artifacts.PerpClearingHouse.abi, 'addLiquidity', [order]);
  return { from: owner, to: perp.clearingHouse, data, gas: TRADE_GAS };
}

const tickAt = (price: number) =>
  Math.round(Math.log(price) / Math.log(1.0001) / POOL_TICK_SPACING) * POOL_TICK_SPACING;

/** An order as the venue has it. */
export interface OpenOrder {
  readonly market: DeployedPerpMarket;
  readonly lowerTick: number;
  readonly upperTick: number;
  readonly liquidity: bigint;
}

export async function readOrders(devnet: VenueScene, owner: Hex): Promise<OpenOrder[]> {
  const { markets, orderBook } = devnet.contracts.venues.perpV2;
  const contract = { address: orderBook, abi: devnet.artifacts.PerpOrderBook.abi };
  const ids = await devnet.chain.readMany<readonly Hex[]>(
    markets.map(({ baseToken }) => ({ contract, functionName: 'getOpenOrderIds', args: [owner, baseToken] })),
  );
  const found = markets.flatMap((market, index) => (ids[index] ?? []).map((id) => ({ market, id })));
  const orders = await devnet.chain.readMany<Omit<OpenOrder, 'market'>>(
    found.map(({ id }) => ({ contract, functionName: 'getOpenOrderById', args: [id] })),
  );
  return found.flatMap(({ market }, index) => {
    const order = orders[index];
    if (!order) return [];
    const { lowerTick, upperTick, liquidity } = order;
    return [{ market, lowerTick, upperTick, liquidity }];
  });
}

/** What takes away liquidity of an order; none collects its fees. */
export function removeOrder(
  { artifacts }: Pick<Scene, 'artifacts'>,
  perp: Pick<PerpV2Contracts, 'clearingHouse'>,
  owner: Hex,
  { market, lowerTick, upperTick, liquidity }: OpenOrder,
): Transaction {
  const order = {
    ...{ baseToken: market.baseToken, lowerTick, upperTick, liquidity },
    ...{ minBase: 0n, minQuote: 0n, deadline: MAX_UINT256 },
  };
  const data = encodeCall(artifacts.PerpClearingHouse.abi, 'removeLiquidity', [order]);
  return { from: owner, to: perp.clearingHouse, data, gas: TRADE_GAS };
}

/** What anybody may do to a maker whose margin is short: cancel all its orders in a market. */
export function cancelOrders(
  { artifacts, actors }: Pick<Scene, 'artifacts' | 'actors'>,
  perp: Pick<PerpV2Contracts, 'clearingHouse'>,
  owner: Hex,
  { baseToken }: Pick<DeployedPerpMarket, 'baseToken'>,
): Transaction {
  const data = encodeCall(artifacts.PerpClearingHouse.abi, 'cancelAllExcessOrders', [owner, baseToken]);
  return { from: actors.liquidator, to: perp.clearingHouse, data, gas: TRADE_GAS };
}
