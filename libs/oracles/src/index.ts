import type { LogSource } from '@undertow/chain';
import { openChainlink } from './chainlink/index.ts';
import type { ChainlinkDeployment } from './chainlink/index.ts';
import { openUniswapV3 } from './uniswap-v3/index.ts';
import type { UniswapV3Deployment } from './uniswap-v3/index.ts';

export type { ChainlinkDeployment, UniswapV3Deployment };
export { findPools, type PoolSearch } from './uniswap-v3/find-pools.ts';
export { knownUniswapV3 } from './uniswap-v3/known.ts';

/** Any deployment that gives prices or liquidity. */
export type OracleDeployment = ChainlinkDeployment | UniswapV3Deployment;

/** The source of facts of a deployment, by its adapter. */
export function openOracle(deployment: OracleDeployment): LogSource {
  switch (deployment.adapter) {
    case 'chainlink':
      return openChainlink(deployment);
    case 'uniswap-v3':
      return openUniswapV3(deployment);
  }
}
