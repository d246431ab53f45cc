import type { LogSource } from '@undertow/chain';
import { openChainlink } from './chainlink/index.ts';
import { openErc4626 } from './erc4626/index.ts';
import { openPriceSources } from './price-sources/index.ts';
import { openUniswapV3 } from './uniswap-v3/index.ts';

/** Every price source that is understood, by its folder, which is the `adapter` of its deployments. One line each. */
const ORACLES = {
  chainlink: openChainlink,
  erc4626: openErc4626,
  'price-sources': openPriceSources,
  'uniswap-v3': openUniswapV3,
} satisfies Record<string, (deployment: never) => LogSource>;

/** Any deployment that gives prices or liquidity. */
export type OracleDeployment = Parameters<(typeof ORACLES)[keyof typeof ORACLES]>[0];

/** What `adapter` may be: the price sources that are understood. */
export const ORACLE_ADAPTERS = Object.keys(ORACLES) as readonly OracleDeployment['adapter'][];

/** The source of facts of a deployment, by its adapter. */
export function openOracle(deployment: OracleDeployment): LogSource {
  const open: (deployment: never) => LogSource = ORACLES[deployment.adapter];
  return open(deployment as never);
}
