import { encodeCall, startDevnet, type Devnet, type Transaction } from '@undertow/devnet';
import {
  buy,
  depthCurve,
  emptyPoolState,
  foldPool,
  sell,
  swap,
  type PoolState,
  type SwapResult,
} from '@undertow/liquidity';
import type { Pool } from '@undertow/market';
import { openOracle, type UniswapV3Deployment } from '@undertow/oracles';
import { factsOf, followChain, seeded, type FollowedChain } from './follow-chain.ts';

const MAX_UINT256 = (1n << 256n) - 1n;
const random = seeded(11);

let devnet: Devnet;
let chain: FollowedChain;
let deployment: UniswapV3Deployment;
const states = new Map<string, PoolState>();

beforeAll(async () => {
  devnet = await startDevnet({ seed: 3, accounts: 20, venues: ['aaveV3', 'morphoBlue'] });
  deployment = devnet.network.deployments.find((found) => found.adapter === 'uniswap-v3')!;
  chain = await followChain(devnet, [openOracle(deployment)]);
  await followPools();
}, 60_000);

afterAll(async () => {
  chain?.close();
  await devnet?.stop();
});

async function followPools(): Promise<void> {
  const changes = factsOf(await chain.follow(), 'LiquidityChanged');
  for (const pool of deployment.pools) {
    const own = changes.filter((fact) => fact.pool === pool.address).map((fact) => fact.change);
    states.set(pool.address, foldPool(states.get(pool.address) ?? emptyPoolState, own));
  }
}

interface Trade {
  readonly zeroForOne: boolean;
  readonly exactIn: boolean;
  readonly amount: bigint;
  readonly sqrtPriceLimitX96?: bigint;
}

/** Sizes from a few units to more than the pool holds, on a logarithmic scale; every third with a price limit. */
function randomTrade(pool: Pool, state: PoolState): Trade {
  const zeroForOne = random() < 0.5;
  const exactIn = random() < 0.5;
  const token = zeroForOne === exactIn ? pool.token0 : pool.token1;
  const asset = Object.values(devnet.contracts.assets).find((found) => found.token === token)!;
  const digits = asset.decimals + (asset.symbol === 'USDC' ? 8 : 5);
  const amount = BigInt(Math.floor(10 ** (random() * digits))) + 1n;
  if (random() < 0.67) return { zeroForOne, exactIn, amount };
  const move = BigInt(Math.floor((0.7 + 0.29 * random()) * 1e6));
  const { sqrtPriceX96 } = state;
  const sqrtPriceLimitX96 = zeroForOne
    ? (sqrtPriceX96 * move) / 1_000_000n
    : (sqrtPriceX96 * 1_000_000n) / move;
  return { zeroForOne, exactIn, amount, sqrtPriceLimitX96 };
}

type Quote = readonly [amount: bigint, sqrtPriceX96After: bigint, ticksCrossed: number, gas: bigint];

async function quotes(pool: Pool, trades: readonly Trade[]): Promise<(Quote | undefined)[]> {
  const contract = { address: devnet.contracts.uniswap.quoter, abi: devnet.artifacts.QuoterV2.abi };
  return devnet.chain.readMany<Quote>(
    trades.map(({ zeroForOne, exactIn, amount, sqrtPriceLimitX96 = 0n }) => {
      const [tokenIn, tokenOut] = zeroForOne ? [pool.token0, pool.token1] : [pool.token1, pool.token0];
      const terms = { tokenIn, tokenOut, fee: pool.feePips, sqrtPriceLimitX96 };
      return exactIn
        ? { contract, functionName: 'quoteExactInputSingle', args: [{ ...terms, amountIn: amount }] }
        : { contract, functionName: 'quoteExactOutputSingle', args: [{ ...terms, amount }] };
    }),
  );
}

/** What the quoter would say; it insists on the whole output when there is no limit. */
function asQuote(trade: Trade, result: SwapResult | undefined): readonly [bigint, bigint] | undefined {
  if (!result) return undefined;
  const isShort = !trade.exactIn && trade.sqrtPriceLimitX96 === undefined && result.remaining > 0n;
  if (isShort) return undefined;
  return [trade.exactIn ? result.amountOut : result.amountIn, result.state.sqrtPriceX96];
}

async function expectSameAsContract(pool: Pool): Promise<void> {
  const contract = { address: pool.address, abi: devnet.artifacts.UniswapV3Pool.abi };
  const state = states.get(pool.address)!;
  const ticks = [...state.ticks.keys()];
  const [slot0, liquidity, ...stored] = await devnet.chain.readMany<readonly unknown[] | bigint>([
    { contract, functionName: 'slot0' },
    { contract, functionName: 'liquidity' },
    ...ticks.map((tick) => ({ contract, functionName: 'ticks', args: [tick] })),
  ]);
  expect((slot0 as unknown[]).slice(0, 2)).toEqual([state.sqrtPriceX96, state.tick]);
  expect(liquidity).toBe(state.liquidity);
  const onChain = stored.map((tick) => (tick as unknown[]).slice(0, 2));
  expect(onChain).toEqual([...state.ticks.values()].map(({ gross, net }) => [gross, net]));
}

async function expectSameAsSnapshot(): Promise<void> {
  const at = { ...chain.head(), chainId: devnet.network.chainId };
  const { facts } = await openOracle(deployment).snapshot(chain.rpc, at, []);
  const changes = factsOf(facts, 'LiquidityChanged');
  expect(changes).toHaveLength(facts.length);
  for (const { address } of deployment.pools) {
    const own = changes.filter((fact) => fact.pool === address).map((fact) => fact.change);
    expect(foldPool(emptyPoolState, own)).toEqual(states.get(address));
  }
}

/** Swaps, new ranges, one of them out of range, and part of an old one withdrawn. */
function disturb(pool: Pool, tokenId: bigint): Transaction[] {
  const { bank } = devnet.actors;
  const { router, positionManager } = devnet.contracts.uniswap;
  const { tick } = states.get(pool.address)!;
  const trades = [randomTrade(pool, states.get(pool.address)!), randomTrade(pool, states.get(pool.address)!)];
  const swaps = trades.map(({ zeroForOne, amount }): Transaction => {
    const [tokenIn, tokenOut] = zeroForOne ? [pool.token0, pool.token1] : [pool.token1, pool.token0];
    const terms = { tokenIn, tokenOut, fee: pool.feePips, recipient: bank, deadline: MAX_UINT256 };
    const args = [{ ...terms, amountIn: amount / 50n + 1n, amountOutMinimum: 0n, sqrtPriceLimitX96: 0n }];
    const data = encodeCall(devnet.artifacts.SwapRouter.abi, 'exactInputSingle', args);
    return { from: bank, to: router, data, gas: 5_000_000n };
  });
  const middle = Math.floor(tick / pool.tickSpacing);
  const mints = [0, 1, 2].map((i): Transaction => {
    const lower = middle - Math.floor(random() * 40) + (i === 2 ? 60 : 0);
    const upper = lower + 1 + Math.floor(random() * 80);
    const position = {
      ...{ token0: pool.token0, token1: pool.token1, fee: pool.feePips },
      ...{ tickLower: lower * pool.tickSpacing, tickUpper: upper * pool.tickSpacing },
      ...{ amount0Desired: 10n ** 10n, amount1Desired: 10n ** 10n, amount0Min: 0n, amount1Min: 0n },
      ...{ recipient: bank, deadline: MAX_UINT256 },
    };
    const data = encodeCall(devnet.artifacts.NonfungiblePositionManager.abi, 'mint', [position]);
    return { from: bank, to: positionManager, data, gas: 5_000_000n };
  });
  const withdrawal = {
    tokenId,
    liquidity: 1_000n + BigInt(Math.floor(random() * 1e6)),
    amount0Min: 0n,
    amount1Min: 0n,
  };
  const data = encodeCall(devnet.artifacts.NonfungiblePositionManager.abi, 'decreaseLiquidity', [
    { ...withdrawal, deadline: MAX_UINT256 },
  ]);
  return [...swaps, ...mints, { from: bank, to: positionManager, data, gas: 5_000_000n }];
}

test('folded logs equal the contract and a snapshot, and swaps equal the quoter, after any trades and ranges', async () => {
  for (let step = 0; step < 4; step++) {
    for (const pool of deployment.pools) {
      await expectSameAsContract(pool);
      const state = states.get(pool.address)!;
      const trades = Array.from({ length: 60 }, () => randomTrade(pool, state));
      const ours = trades.map((trade) => asQuote(trade, swap(state, pool, trade)));
      const theirs = (await quotes(pool, trades)).map((quote) => quote && [quote[0], quote[1]]);
      expect(ours).toEqual(theirs);
      expect(theirs.filter((quote) => quote !== undefined).length).toBeGreaterThan(30);
    }
    await expectSameAsSnapshot();
    // Positions 1 to 3 are those of the first pool, and so on.
    await devnet.chain.send(deployment.pools.flatMap((pool, i) => disturb(pool, BigInt(3 * i + 1))));
    await followPools();
  }
}, 120_000);

test('the depth curve of every pool agrees with the quoter to 1e-9 and a few raw units', async () => {
  const { USDC } = devnet.contracts.assets;
  let compared = 0;
  for (const pool of deployment.pools) {
    const assetIsToken0 = pool.token1 === USDC.token;
    const assets = Object.values(devnet.contracts.assets);
    const asset = assets.find(({ token }) => token === (assetIsToken0 ? pool.token0 : pool.token1))!;
    const [decimals0, decimals1] = assetIsToken0 ? [asset.decimals, 6] : [6, asset.decimals];
    const { sqrtPriceX96, ticks } = states.get(pool.address)!;
    const net = new Map([...ticks].map(([tick, stored]) => [tick, stored.net]));
    const terms = { assetIsToken0, decimals0, decimals1, feePips: pool.feePips };
    const curve = depthCurve({ sqrtPriceX96, ticks: net }, terms)!;
    const price = curve.startSqrtPrice ** 2;
    const usd = [20_000, 300_000, 2_000_000];
    const raw = usd.map((value) => BigInt(Math.floor((value / price) * 10 ** asset.decimals)));
    const sales = raw.map((amount): Trade => ({ zeroForOne: assetIsToken0, exactIn: true, amount }));
    const purchases = raw.map((amount): Trade => ({ zeroForOne: !assetIsToken0, exactIn: false, amount }));
    // A contract rounds to whole raw units, several times; one satoshi of a small trade is more than 1e-9.
    const expectNear = (quoteAmount: number, [quoted]: Quote, amount: bigint) => {
      compared++;
      const units = 10 / Number(amount) + 10 / Number(quoted);
      expect(Math.abs((quoteAmount * 1e6) / Number(quoted) - 1)).toBeLessThan(1e-9 + units);
    };
    const sold = await quotes(pool, sales);
    const bought = await quotes(pool, purchases);
    for (const [i, amount] of raw.entries()) {
      const whole = Number(amount) / 10 ** asset.decimals;
      const [sale, purchase] = [sell, buy].map((trade) => trade(curve, curve.startSqrtPrice, whole));
      if (sale!.unfilled === 0) expectNear(sale!.quoteAmount, sold[i]!, amount);
      // The quoter refuses what the pool does not hold.
      if (purchase!.unfilled > 0) expect(bought[i]).toBeUndefined();
      else expectNear(purchase!.quoteAmount, bought[i]!, amount);
    }
  }
  expect(compared).toBeGreaterThan(12);
}, 60_000);
