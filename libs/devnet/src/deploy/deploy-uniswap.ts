import type { Hex } from 'viem';
import type { Contract } from '../evm/contract.ts';
import type { BaseContracts, DeployedPool } from '../scene.ts';
import type { Tokens } from './deploy-tokens.ts';
import { listingOf, rawUnits, type AssetSymbol } from './listing.ts';
import { deploy, MAX_UINT256, perform, ZERO_ADDRESS, type Site } from './site.ts';

const FEE_PIPS = 3_000;
const TICK_SPACING = 60;

/** Observations that a pool keeps, for time-weighted prices. */
const OBSERVATIONS = 100;

/**
 * Ranges that liquidity is provided in, as half-widths in ticks around the start (1 tick = 0.01 %), and the share of
 * the depth in each: ±6 %, ±35 %, ±70 % and everything, so that a large move meets less and less but always something.
 */
const RANGES: readonly { readonly halfWidth: number; readonly share: number }[] = [
  { halfWidth: 600, share: 0.1 },
  { halfWidth: 3_000, share: 0.3 },
  { halfWidth: 12_000, share: 0.3 },
  { halfWidth: Infinity, share: 0.3 },
];

/** `TickMath.MAX_TICK` rounded to the spacing. */
const WIDEST_TICK = Math.floor(887_272 / TICK_SPACING) * TICK_SPACING;

/** Deploys the Uniswap v3 contracts. Pools are created by `createPool`. */
export async function deployUniswap(site: Site): Promise<BaseContracts['uniswap']> {
  const factory = await deploy(site, 'UniswapV3Factory');
  const { address: weth9 } = await deploy(site, 'WETH9');
  const router = await deploy(site, 'SwapRouter', [factory.address, weth9]);
  const positionManager = await deploy(site, 'NonfungiblePositionManager', [
    factory.address,
    weth9,
    ZERO_ADDRESS,
  ]);
  const quoter = await deploy(site, 'QuoterV2', [factory.address, weth9]);
  return {
    factory: factory.address,
    router: router.address,
    positionManager: positionManager.address,
    quoter: quoter.address,
    weth9,
  };
}

export interface PoolPlan {
  readonly symbol: AssetSymbol;
  /** Value provided on each side of the price, USD. */
  readonly depthUsd: number;
}

/** Creates the pool of an asset against USDC at its listed price and provides its liquidity. */
export async function createPool(
  site: Site,
  { tokens, uniswap }: { tokens: Tokens; uniswap: BaseContracts['uniswap'] },
  { symbol, depthUsd }: PoolPlan,
): Promise<DeployedPool> {
  const { decimals, priceUsd } = listingOf(symbol);
  const manager: Contract = {
    address: uniswap.positionManager,
    abi: site.artifacts.NonfungiblePositionManager.abi,
  };
  const factory: Contract = { address: uniswap.factory, abi: site.artifacts.UniswapV3Factory.abi };
  const [asset, usdc] = [tokens[symbol].token.address, tokens.USDC.token.address];
  const assetIsToken0 = asset < usdc;
  const [token0, token1] = assetIsToken0 ? [asset, usdc] : [usdc, asset];
  const rawPrice = priceUsd * 10 ** (listingOf('USDC').decimals - decimals);
  const price1Per0 = assetIsToken0 ? rawPrice : 1 / rawPrice;
  await perform(site, [
    {
      contract: manager,
      functionName: 'createAndInitializePoolIfNecessary',
      args: [token0, token1, FEE_PIPS, sqrtPriceX96(price1Per0)],
      gas: 20_000_000n,
    },
  ]);
  const address = await site.chain.read<Hex>(factory, 'getPool', [token0, token1, FEE_PIPS]);
  const pool: Contract = { address: address.toLowerCase() as Hex, abi: site.artifacts.UniswapV3Pool.abi };
  const middle = Math.round(Math.log(price1Per0) / Math.log(1.0001) / TICK_SPACING) * TICK_SPACING;
  const steps = RANGES.map(({ halfWidth, share }) => {
    const amounts = [rawUnits(symbol, (depthUsd * share) / priceUsd), rawUnits('USDC', depthUsd * share)];
    const [amount0Desired, amount1Desired] = assetIsToken0 ? amounts : amounts.toReversed();
    const position = {
      ...{ token0, token1, fee: FEE_PIPS },
      ...{
        tickLower: Math.max(-WIDEST_TICK, middle - halfWidth),
        tickUpper: Math.min(WIDEST_TICK, middle + halfWidth),
      },
      ...{ amount0Desired, amount1Desired, amount0Min: 0n, amount1Min: 0n },
      ...{ recipient: site.actors.bank, deadline: MAX_UINT256 },
    };
    return { contract: manager, functionName: 'mint', args: [position], from: site.actors.bank };
  });
  await perform(site, [
    ...steps,
    { contract: pool, functionName: 'increaseObservationCardinalityNext', args: [OBSERVATIONS] },
  ]);
  return { address: pool.address, token0, token1, feePips: FEE_PIPS, tickSpacing: TICK_SPACING };
}

/** √price × 2⁹⁶ from a price in raw units of token 1 per raw unit of token 0; exact to a double's 53 bits. */
export function sqrtPriceX96(price1Per0: number): bigint {
  let root = Math.sqrt(price1Per0);
  let shift = 96;
  // Scale into the range where a double holds an integer, so that no bit is lost to the floor.
  while (root < 2 ** 51) {
    root *= 2;
    shift--;
  }
  return shift >= 0 ? BigInt(Math.floor(root)) << BigInt(shift) : BigInt(Math.floor(root)) >> BigInt(-shift);
}
