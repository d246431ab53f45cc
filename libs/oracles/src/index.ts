export type { ChainlinkDeployment } from './chainlink/deployments.ts';
export type { Erc4626Deployment, Erc4626Vault } from './erc4626/deployments.ts';
export type { PriceSourcesDeployment } from './price-sources/deployments.ts';
export type { UniswapV3Deployment } from './uniswap-v3/deployments.ts';
export { openOracle, ORACLE_ADAPTERS, type OracleDeployment } from './open-oracle.ts';
export { findStateFeed } from './chainlink/find-state-feed.ts';
export { knownSequencerFeeds } from './chainlink/known.ts';
export { findPools, type PoolSearch } from './uniswap-v3/find-pools.ts';
export { knownUniswapV3 } from './uniswap-v3/known.ts';
