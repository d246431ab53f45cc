import type { Network } from '@undertow/chain';
import type { OracleDeployment } from '@undertow/oracles';
import type { VenueDeployment } from '@undertow/venues';
import type { Hex } from 'viem';
import type { Artifacts } from './artifacts/ensure-artifacts.ts';
import type { AssetSymbol } from './deploy/listing.ts';
import type { Chain } from './evm/chain.ts';

export type DevnetNetwork = Network<VenueDeployment | OracleDeployment>;

/** Who acts on the local chain. Any sender is accepted, so none of them has a key. */
export interface Actors {
  /** Deploys and owns everything; owns the treasury. */
  readonly deployer: Hex;
  /** Lends to the venues, provides the pools' liquidity, trades in them. Has tokens without end. */
  readonly bank: Hex;
  /** Submits the rounds of the feeds. */
  readonly keeper: Hex;
  /** Liquidates, from an inventory. */
  readonly liquidator: Hex;
}

export interface DeployedAsset {
  readonly symbol: AssetSymbol;
  readonly decimals: number;
  readonly token: Hex;
  /** What venues ask for the price, and what logs it. */
  readonly feedProxy: Hex;
  readonly feedAggregator: Hex;
  /** Its pool against USDC; absent for USDC, and for what nobody buys. */
  readonly pool?: DeployedPool;
}

export interface DeployedPool {
  readonly address: Hex;
  readonly token0: Hex;
  readonly token1: Hex;
  readonly feePips: number;
  readonly tickSpacing: number;
}

/** Addresses of what every venue stands on, lower case. Plain JSON. */
export interface BaseContracts {
  readonly assets: Readonly<Record<AssetSymbol, DeployedAsset>>;
  readonly uniswap: {
    readonly factory: Hex;
    readonly router: Hex;
    readonly positionManager: Hex;
    readonly quoter: Hex;
    /** The wrapped-ether contract that the periphery was given; not the listed WETH. */
    readonly weth9: Hex;
  };
}

/** What actions need: a chain with tokens, feeds and pools on it, also while venues are being deployed. */
export interface Scene {
  readonly chain: Chain;
  /** ABIs (and creation code) by the name of the contract. */
  readonly artifacts: Artifacts;
  readonly actors: Actors;
  readonly contracts: BaseContracts;
}
