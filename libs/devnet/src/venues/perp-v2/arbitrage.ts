import type { Hex } from 'viem';
import { readPrices } from '../../actions/post-prices.ts';
import { letPass } from '../../actions/time-travel.ts';
import { sqrtPriceX96 } from '../../deploy/deploy-uniswap.ts';
import type { Transaction } from '../../evm/chain.ts';
import type { Scene } from '../../scene.ts';
import type { VenueScene } from '../venue-scene.ts';
import { perpContracts } from './accounts.ts';
import { ARBITRAGEUR, type DeployedPerpMarket, type PerpV2Contracts } from './contracts.ts';
import { trade } from './trade.ts';

/** More than a pool can take: the price limit ends the trade. */
const WITHOUT_END = 10n ** 27n;

/** A pool this near to its target is left alone. */
const TOLERANCE = 1e-11;

/** How far one trade may go, a factor on the price: the clearing house takes 1,000 ticks (10.5 %) in 15 seconds. */
const STEP = 1.1;
const SECONDS_BETWEEN_STEPS = 16;
/** Steps to the ends of all liquidity and back. */
const MOST_STEPS = 200;

/** The pools' prices: quote per base. */
export async function readPerpPrices(
  scene: Scene,
  markets: readonly DeployedPerpMarket[],
): Promise<number[]> {
  const { abi } = scene.artifacts.UniswapV3Pool;
  const slots = await scene.chain.readMany<readonly [bigint, ...unknown[]]>(
    markets.map(({ pool }) => ({ contract: { address: pool.address, abi }, functionName: 'slot0' })),
  );
  return slots.map((slot) => (Number(slot?.[0] ?? 0n) / 2 ** 96) ** 2);
}

/** What positions are valued at: quote per base. */
export async function readMarkPrices(
  scene: VenueScene,
  markets: readonly DeployedPerpMarket[],
): Promise<number[]> {
  const contract = perpContracts(scene).accountBalance;
  const marks = await scene.chain.readMany<bigint>(
    markets.map(({ baseToken }) => ({ contract, functionName: 'getMarkPrice', args: [baseToken] })),
  );
  return marks.map((mark) => Number(mark) / 1e18);
}

/** The arbitrageur's trade that brings a pool to a price, as far as one trade may go. */
export function tradeTowards(
  scene: Scene,
  perp: PerpV2Contracts,
  { baseToken }: DeployedPerpMarket,
  { price, target, from = ARBITRAGEUR, size = WITHOUT_END }: PriceMove,
): Transaction {
  const reached = Math.min(price * STEP, Math.max(price / STEP, target));
  const side = target < price ? 'sell' : 'buy';
  const limit = sqrtPriceX96(reached);
  return trade(scene, perp, { from, baseToken, side, size, sqrtPriceLimitX96: limit });
}

export interface PriceMove {
  /** Where the pool stands. */
  readonly price: number;
  readonly target: number;
  readonly from?: Hex;
  readonly size?: bigint;
}

/**
 * Brings each pool to its target price, in steps of 10 %. The clearing house refuses a trade that ends more than 1,000
 * ticks from where the pool was 15 seconds ago: only then 16 seconds pass, because funding accrues in them.
 */
export async function bringTo(
  scene: Scene,
  perp: PerpV2Contracts,
  targets: readonly number[],
): Promise<void> {
  let isRefused = false;
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    const prices = await readPerpPrices(scene, perp.markets);
    const trades = perp.markets.flatMap((market, index) => {
      const [price, target] = [prices[index] as number, targets[index] as number];
      return isThere(price, target) ? [] : [tradeTowards(scene, perp, market, { price, target })];
    });
    if (trades.length === 0) return;
    if (isRefused) await letPass(scene, SECONDS_BETWEEN_STEPS);
    const receipts = await scene.chain.send(trades, { mayFail: !isRefused });
    isRefused = receipts.some(({ status }) => status !== '0x1');
  }
  throw new Error('The perpetual pools did not reach their prices; the maker may have no liquidity left');
}

const isThere = (price: number, target: number) => Math.abs(price / target - 1) < TOLERANCE;

/** Brings every pool to its index. */
export async function returnToIndex(scene: Scene, perp: PerpV2Contracts): Promise<void> {
  const prices = await readPrices(scene);
  await bringTo(
    scene,
    perp,
    perp.markets.map(({ symbol }) => prices.get(symbol) ?? 0),
  );
}
