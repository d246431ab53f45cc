import type { Network } from '@undertow/chain';
import type { ChainlinkDeployment, UniswapV3Deployment } from '@undertow/oracles';
import type { AaveV3Deployment, MorphoBlueDeployment } from '@undertow/venues';
import type { Hex } from 'viem';
import type { Artifacts } from './artifacts/ensure-artifacts.ts';
import type { AssetSymbol } from './deploy/listing.ts';
import type { Chain } from './evm/chain.ts';

export type DevnetNetwork = Network<
  AaveV3Deployment | MorphoBlueDeployment | ChainlinkDeployment | UniswapV3Deployment
>;

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
  /** Its pool against USDC; absent for USDC. */
  readonly pool?: DeployedPool;
}

export interface DeployedPool {
  readonly address: Hex;
  readonly token0: Hex;
  readonly token1: Hex;
  readonly feePips: number;
  readonly tickSpacing: number;
}

export interface DeployedMorphoMarket {
  readonly id: Hex;
  readonly collateral: AssetSymbol;
  readonly loan: AssetSymbol;
  /** The tuple that Morpho calls take. */
  readonly params: {
    readonly loanToken: Hex;
    readonly collateralToken: Hex;
    readonly oracle: Hex;
    readonly irm: Hex;
    readonly lltv: string;
  };
}

/** Addresses of everything deployed, lower case. Plain JSON. */
export interface DevnetContracts {
  readonly assets: Readonly<Record<AssetSymbol, DeployedAsset>>;
  readonly aave: {
    readonly addressesProvider: Hex;
    readonly pool: Hex;
    readonly poolConfigurator: Hex;
    readonly oracle: Hex;
    readonly dataProvider: Hex;
  };
  readonly morpho: {
    readonly morpho: Hex;
    readonly irm: Hex;
    readonly markets: readonly DeployedMorphoMarket[];
  };
  readonly uniswap: {
    readonly factory: Hex;
    readonly router: Hex;
    readonly positionManager: Hex;
    readonly quoter: Hex;
  };
}

/** A running local chain with real protocols on it. */
export interface Devnet {
  readonly url: string;
  /** What an indexer watches. */
  readonly network: DevnetNetwork;
  readonly seed: number;
  readonly accounts: number;
  /** The owners of positions, in the order in which they were planned. */
  readonly owners: readonly Hex[];
  readonly actors: Actors;
  readonly contracts: DevnetContracts;
  /** ABIs (and creation code) by the name of the contract. */
  readonly artifacts: Artifacts;
  /** True when it was loaded from the state file instead of being built. */
  readonly resumed: boolean;
  /** Sending and reading; also `rpc` and `batch`. */
  readonly chain: Chain;
  readonly rpc: Chain['rpc'];
  readonly batch: Chain['batch'];
  /** Resolves when the chain has ended, for whatever reason. */
  readonly exited: Promise<number>;
  /** Writes the state file now; nothing when there is none. */
  save(): Promise<void>;
  /** Saves when there is a state file, then ends the chain. */
  stop(): Promise<void>;
}
