/** What is watched on one chain: deployments by adapter (a folder under `libs/venues` or `libs/oracles`). Plain JSON. */
export interface Network<Deployment extends { readonly adapter: string } = { readonly adapter: string }> {
  readonly chainId: number;
  readonly name: string;
  /** A block explorer's web address, without a slash at its end; absent where the chain has none. */
  readonly explorer?: string;
  /** Blocks after which a block is taken as final. */
  readonly finalityDepth: number;
  /**
   * `logs`: fold everything from `startBlock`. `snapshot`: find accounts by scanning logs from `startBlock`, read
   * their state by calls at one recent block, and follow logs from there (needs no archive node).
   */
  readonly bootstrap: 'logs' | 'snapshot';
  readonly startBlock: number;
  /**
   * What is read by calls is read at every block whose number this divides, and with a snapshot: any two that follow the
   * chain call at the same blocks. Absent = 1, every block.
   */
  readonly callsEvery?: number;
  readonly deployments: readonly Deployment[];
  /** When the markets of feeds trade, and which feed says whether the sequencer runs: no chain says it. See `availability.ts` of the API. */
  readonly tradingHours?: readonly object[];
  readonly sequencerFeed?: string;
}

/** What is kept with a network, beside what is configured, when it starts from a snapshot. */
export interface BootstrapState {
  /** Block of the snapshot that the stored facts start from; absent before it is taken. */
  readonly snapshotBlock?: number;
}

/** How a network as it is stored (with its checkpoint) was started from a snapshot; empty where it was not. */
export function bootstrapStateOf(stored: unknown): BootstrapState {
  return (stored as { readonly bootstrapState?: BootstrapState } | undefined)?.bootstrapState ?? {};
}

/**
 * Blocks below the head at which a snapshot is read. A node without an archive keeps the state of 128 blocks, so this
 * leaves it most of them to be read in; a reorg that goes deeper than this only means that a snapshot is taken again.
 */
export function snapshotDepth({ finalityDepth }: Pick<Network, 'finalityDepth'>): number {
  return Math.min(finalityDepth, 32);
}
