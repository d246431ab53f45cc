import {
  AaveV3Arbitrum,
  AaveV3Avalanche,
  AaveV3BNB,
  AaveV3Base,
  AaveV3Ethereum,
  AaveV3EthereumEtherFi,
  AaveV3EthereumLido,
  AaveV3Gnosis,
  AaveV3Linea,
  AaveV3Optimism,
  AaveV3Polygon,
  AaveV3Scroll,
  AaveV3Sonic,
} from '@aave-dao/aave-address-book';
import type { Address } from '@undertow/market';
import type { AaveV3Deployment } from './deployments.ts';

/** A market of Aave v3 on a public network. */
export interface KnownAaveV3 {
  readonly chainId: number;
  readonly deployment: AaveV3Deployment;
  /** Its reserves as the package lists them, by their symbol there. */
  readonly assets: ReadonlyMap<string, Address>;
}

/**
 * Markets on public networks, by the addresses of `@aave-dao/aave-address-book` 4.68. All are taken to run the release
 * whose maths is called `3.6`: a market that runs another is off by roundings and by that release's rules, which the snapshot
 * tells by the pool's revision.
 */
export const knownAaveV3: readonly KnownAaveV3[] = [
  known('aave-v3@ethereum', AaveV3Ethereum),
  known('aave-v3-lido@ethereum', AaveV3EthereumLido),
  known('aave-v3-etherfi@ethereum', AaveV3EthereumEtherFi),
  known('aave-v3@base', AaveV3Base),
  known('aave-v3@arbitrum', AaveV3Arbitrum),
  known('aave-v3@optimism', AaveV3Optimism),
  known('aave-v3@polygon', AaveV3Polygon),
  known('aave-v3@avalanche', AaveV3Avalanche),
  known('aave-v3@bnb', AaveV3BNB),
  known('aave-v3@gnosis', AaveV3Gnosis),
  known('aave-v3@linea', AaveV3Linea),
  known('aave-v3@scroll', AaveV3Scroll),
  known('aave-v3@sonic', AaveV3Sonic),
];

interface BookEntry {
  readonly CHAIN_ID: number;
  readonly POOL_ADDRESSES_PROVIDER: string;
  readonly POOL: string;
  readonly POOL_CONFIGURATOR: string;
  readonly ORACLE: string;
  readonly AAVE_PROTOCOL_DATA_PROVIDER: string;
  readonly ASSETS: Readonly<Record<string, { readonly UNDERLYING: string }>>;
}

function known(id: string, entry: BookEntry): KnownAaveV3 {
  const assets = Object.entries(entry.ASSETS).map(
    ([symbol, { UNDERLYING }]) => [symbol, lower(UNDERLYING)] as const,
  );
  return {
    chainId: entry.CHAIN_ID,
    assets: new Map(assets),
    deployment: {
      adapter: 'aave-v3',
      id,
      version: '3.6',
      readsHoldings: true,
      addressesProvider: lower(entry.POOL_ADDRESSES_PROVIDER),
      pool: lower(entry.POOL),
      poolConfigurator: lower(entry.POOL_CONFIGURATOR),
      oracle: lower(entry.ORACLE),
      dataProvider: lower(entry.AAVE_PROTOCOL_DATA_PROVIDER),
    },
  };
}

function lower(address: string): Address {
  return address.toLowerCase() as Address;
}
