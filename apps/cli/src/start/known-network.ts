import type { Network } from '@undertow/chain';
import type { Address } from '@undertow/market';
import { knownUniswapV3 } from '@undertow/oracles';
import type { Deployment } from '@undertow/sources';
import { knownAaveV3, knownMorphoBlue } from '@undertow/venues/known';
import { ConfigError } from '@undertow/units';

/** What the deployments themselves do not say of a public chain. */
interface PublicChain {
  readonly name: string;
  /** As viem has it: `viem/chains` 2.57.1, `blockExplorers.default.url`. */
  readonly explorer: string;
  /**
   * Blocks after which a block is final: 64 slots of 12 s on Ethereum, and as much time (768 s) on the rollups that
   * settle there; Polygon's deepest known reorganisation was 157 blocks (2023-02).
   */
  readonly finalityDepth: number;
  /**
   * Block of Aave's PoolAddressesProviderRegistry, which is older than any of its markets. Source: aave/protocol-subgraphs,
   * `config/<chain>-v3.json`, PoolAddressesProviderRegistryStartBlock (2026-11).
   */
  readonly aaveStartBlock: number;
  /** Blocks in about twelve seconds: what is read by calls is read as often on every chain. */
  readonly callsEvery: number;
}

const PUBLIC_CHAINS: ReadonlyMap<number, PublicChain> = new Map([
  [
    1,
    {
      name: 'Ethereum',
      explorer: 'https://etherscan.io',
      finalityDepth: 64,
      aaveStartBlock: 16_291_006,
      callsEvery: 1,
    },
  ],
  [
    10,
    {
      name: 'Optimism',
      explorer: 'https://optimistic.etherscan.io',
      finalityDepth: 384,
      aaveStartBlock: 4_364_790,
      callsEvery: 6,
    },
  ],
  [
    137,
    {
      name: 'Polygon',
      explorer: 'https://polygonscan.com',
      finalityDepth: 256,
      aaveStartBlock: 25_824_300,
      callsEvery: 6,
    },
  ],
  [
    8_453,
    {
      name: 'Base',
      explorer: 'https://basescan.org',
      finalityDepth: 384,
      aaveStartBlock: 2_357_105,
      callsEvery: 6,
    },
  ],
  [
    42_161,
    {
      name: 'Arbitrum',
      explorer: 'https://arbiscan.io',
      finalityDepth: 3_072,
      aaveStartBlock: 7_736_400,
      callsEvery: 48,
    },
  ],
]);

/** A network whose deployments are understood. */
export type WatchedNetwork = Network<Deployment>;

/** Tokens whose pools matter, and those that they are sold for. */
export interface TradedTokens {
  readonly tokens: readonly Address[];
  readonly quotes: readonly Address[];
}

/** What nearly everything is traded against, by its symbol in `@aave-dao/aave-address-book` (`n` = issued natively). */
const QUOTES = ['USDC', 'USDCn', 'USDT', 'USDT0', 'DAI', 'WETH'];

/** Reserves of the Aave markets that are watched on a public chain. Morpho's markets are too many, and mostly of these. */
export function knownTokens(chainId: number): TradedTokens {
  const assets = knownAaveV3
    .filter((known) => known.chainId === chainId)
    .flatMap((known) => [...known.assets]);
  const distinct = (addresses: readonly Address[]) => [...new Set(addresses)].sort();
  return {
    tokens: distinct(assets.map(([, address]) => address)),
    quotes: distinct(assets.flatMap(([symbol, address]) => (QUOTES.includes(symbol) ? [address] : []))),
  };
}

/** What is watched on a public chain, its pools and the feed of its sequencer still to be found; throws ConfigError that lists the chains when it is not one of them. */
export function knownNetwork(chainId: number): WatchedNetwork {
  const chain = PUBLIC_CHAINS.get(chainId);
  if (chain === undefined) {
    const known = [...PUBLIC_CHAINS].map(([id, { name }]) => `${id} (${name})`).join(', ');
    throw new ConfigError(`No deployments are known on chain ${chainId}. Known chains: ${known}.`);
  }
  const aave = knownAaveV3.filter((known) => known.chainId === chainId).map(({ deployment }) => deployment);
  const morpho = knownMorphoBlue.get(chainId);
  const uniswap = knownUniswapV3.get(chainId);
  return {
    chainId,
    name: chain.name,
    explorer: chain.explorer,
    finalityDepth: chain.finalityDepth,
    callsEvery: chain.callsEvery,
    bootstrap: 'snapshot',
    startBlock: Math.min(chain.aaveStartBlock, morpho?.startBlock ?? Infinity),
    deployments: [
      ...[...aave, ...(morpho ? [morpho] : []), ...(uniswap ? [uniswap] : [])],
      { adapter: 'price-sources', id: `price-sources@${chain.name.toLowerCase()}` },
    ],
  };
}
