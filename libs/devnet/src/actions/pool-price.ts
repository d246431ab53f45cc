import { assert } from '@undertow/units';
import type { AssetSymbol } from '../deploy/listing.ts';
import { sqrtPriceX96 } from '../deploy/deploy-uniswap.ts';
import type { DeployedPool, Scene } from '../scene.ts';

/** The pool of an asset against USDC. */
export function poolOf(scene: Scene, symbol: AssetSymbol): DeployedPool {
  const { pool } = scene.contracts.assets[symbol];
  assert(pool, `${symbol} has no pool`);
  return pool;
}

/** The pools' prices: USDC per whole unit of the asset (1 USDC is not always 1 USD). */
export async function readPoolPrices(scene: Scene, symbols: readonly AssetSymbol[]): Promise<number[]> {
  const abi = scene.artifacts.UniswapV3Pool.abi;
  const slots = await scene.chain.readMany<readonly [bigint, number, ...unknown[]]>(
    symbols.map((symbol) => ({
      contract: { address: poolOf(scene, symbol).address, abi },
      functionName: 'slot0',
    })),
  );
  return symbols.map((symbol, index) => {
    const root = Number(slots[index]?.[0] ?? 0n) / 2 ** 96;
    const price1Per0 = root * root;
    const raw = assetIsToken0(scene, symbol) ? price1Per0 : 1 / price1Per0;
    return raw * rawScale(scene, symbol);
  });
}

/** √price × 2⁹⁶ of the pool at a price in USDC per whole unit of the asset. */
export function sqrtPriceAt(scene: Scene, symbol: AssetSymbol, price: number): bigint {
  const raw = price / rawScale(scene, symbol);
  return sqrtPriceX96(assetIsToken0(scene, symbol) ? raw : 1 / raw);
}

function assetIsToken0(scene: Scene, symbol: AssetSymbol): boolean {
  return poolOf(scene, symbol).token0 === scene.contracts.assets[symbol].token;
}

/** Whole USDC per whole asset = raw USDC per raw asset × this. */
function rawScale(scene: Scene, symbol: AssetSymbol): number {
  const { assets } = scene.contracts;
  return 10 ** (assets[symbol].decimals - assets.USDC.decimals);
}
