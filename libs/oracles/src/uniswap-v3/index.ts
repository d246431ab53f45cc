import type { LogSource } from '@undertow/chain';
import { poolTopics, uniswapDecoder } from './decode.ts';
import type { UniswapV3Deployment } from './deployments.ts';
import { snapshotPools } from './snapshot.ts';

export type { UniswapV3Deployment } from './deployments.ts';

/** A set of Uniswap v3 pools as a source of liquidity and market prices. */
export function openUniswapV3(deployment: UniswapV3Deployment): LogSource {
  const { id, pools } = deployment;
  const addresses = pools.map((pool) => pool.address);
  const decode = uniswapDecoder(deployment);
  return {
    id,
    addresses: () => addresses,
    topics: poolTopics,
    decode: (log) => ({ facts: decode(log) }),
    enrich: async (facts) => {
      const named = new Set(facts.flatMap((fact) => (fact.kind === 'LiquidityChanged' ? [fact.pool] : [])));
      return { facts: [], reference: { pools: pools.filter((pool) => named.has(pool.address)) } };
    },
    snapshot: async (reader, at) => ({
      facts: await snapshotPools(id, pools, reader, at),
      reference: { pools },
    }),
  };
}
