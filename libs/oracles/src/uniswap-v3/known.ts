import type { Address } from '@undertow/market';
import type { UniswapV3Deployment } from './deployments.ts';

/** Factory of the chains that Uniswap reached first, which share it. */
const SHARED = '0x1f98431c8ad98523631ae4a59f267346ea31f984';

/**
 * Uniswap v3 on public networks by chain id, without pools: `findPools` finds those. Source: `v3CoreFactoryAddress` of
 * Uniswap/sdks, `sdks/sdk-core/src/addresses.ts` (2026-11).
 */
export const knownUniswapV3: ReadonlyMap<number, UniswapV3Deployment> = new Map([
  [1, known('uniswap-v3@ethereum', SHARED)],
  [10, known('uniswap-v3@optimism', SHARED)],
  [137, known('uniswap-v3@polygon', SHARED)],
  [8_453, known('uniswap-v3@base', '0x33128a8fc17869897dce68ed026d694621f6fdfd')],
  [42_161, known('uniswap-v3@arbitrum', SHARED)],
]);

function known(id: string, factory: Address): UniswapV3Deployment {
  return { adapter: 'uniswap-v3', id, factory, pools: [] };
}
