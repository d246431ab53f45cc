import { assert } from '@undertow/units';
import type { DeployedPool, Devnet } from '../devnet.ts';
import type { AssetSymbol } from '../deploy/listing.ts';
import { sqrtPriceX96 } from '../deploy/deploy-uniswap.ts';

/** The pool of an asset against USDC. */
export function poolOf(devnet: Devnet, symbol: AssetSymbol): DeployedPool {
  const { pool } = devnet.contracts.assets[symbol];
  assert(pool, `${symbol} has no pool`);
  return pool;
}

/** The pools' prices: USDC per whole unit of the asset (1 USDC is not always 1 USD). */
export async function readPoolPrices(devnet: Devnet, symbols: readonly AssetSymbol[]): Promise<number[]> {
  const abi = devnet.artifacts.UniswapV3Pool.abi;
  const slots = await devnet.chain.readMany<readonly [bigint, number, ...unknown[]]>(
    symbols.map((symbol) => ({
      contract: { address: poolOf(devnet, symbol).address, abi },
      functionName: 'slot0',
    })),
  );
  return symbols.map((symbol, index) => {
    const root = Number(slots[index]?.[0] ?? 0n) / 2 ** 96;
    const price1Per0 = root * root;
    const raw = assetIsToken0(devnet, symbol) ? price1Per0 : 1 / price1Per0;
    return raw * rawScale(devnet, symbol);
  });
}

/** √price × 2⁹⁶ of the pool at a price in USDC per whole unit of the asset. */
export function sqrtPriceAt(devnet: Devnet, symbol: AssetSymbol, price: number): bigint {
  const raw = price / rawScale(devnet, symbol);
  return sqrtPriceX96(assetIsToken0(devnet, symbol) ? raw : 1 / raw);
}

function assetIsToken0(devnet: Devnet, symbol: AssetSymbol): boolean {
  return poolOf(devnet, symbol).token0 === devnet.contracts.assets[symbol].token;
}

/** Whole USDC per whole asset = raw USDC per raw asset × this. */
function rawScale(devnet: Devnet, symbol: AssetSymbol): number {
  const { assets } = devnet.contracts;
  return 10 ** (assets[symbol].decimals - assets.USDC.decimals);
}
