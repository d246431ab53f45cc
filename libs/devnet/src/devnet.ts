import type { Chain } from './evm/chain.ts';
import type { DevnetNetwork } from './scene.ts';
import type { AnyVenue } from './venues/devnet-venue.ts';
import type { VenueScene } from './venues/venue-scene.ts';

/** A running local chain with real protocols on it. */
export interface Devnet extends VenueScene {
  readonly url: string;
  /** What an indexer watches. */
  readonly network: DevnetNetwork;
  readonly seed: number;
  readonly accounts: number;
  /** The venues that were built: all, unless fewer were asked for. */
  readonly venues: readonly AnyVenue[];
  /** True when it was loaded from the state file instead of being built. */
  readonly resumed: boolean;
  readonly rpc: Chain['rpc'];
  readonly batch: Chain['batch'];
  /** Resolves when the chain has ended, for whatever reason. */
  readonly exited: Promise<number>;
  /** Writes the state file now; nothing when there is none. */
  save(): Promise<void>;
  /** Saves when there is a state file, then ends the chain. */
  stop(): Promise<void>;
}
