import { claimChain, readBlocks, readCheckpoint, revertTo, forgetChain, type Store } from '@undertow/store';

/** What is asked of the local chain: its block at a height, and its height. */
export interface ChainHistory {
  readonly chainId: number;
  /** Blocks to look back for one that both have. */
  readonly finalityDepth: number;
  height(): Promise<number>;
  hashOf(block: number): Promise<string | undefined>;
}

export type HistoryMatch = 'nothing stored' | 'same' | 'went back' | 'forgotten';

/**
 * Makes the database fit the local chain before the indexer looks at it. A chain that restarted some blocks back (it
 * crashed before it was saved) takes the facts above with it. A chain that was built anew shares no block with what is
 * stored: all of the local chain's facts go. Only for the local chain, whose history is ours to drop; a real network's
 * facts are never touched. While an indexer writes them, such as that of another start on the same database, nothing
 * is dropped either: a `ConfigError`.
 */
export async function matchHistory(store: Store, chain: ChainHistory): Promise<HistoryMatch> {
  const claim = await claimChain(store, chain.chainId, { waitMs: CLAIM_WAIT_MS });
  try {
    return await matchClaimed(store, chain);
  } finally {
    await claim.release();
  }
}

/** Time for the claim of a start that was killed to be noticed as gone. */
const CLAIM_WAIT_MS = 3_000;

async function matchClaimed(store: Store, chain: ChainHistory): Promise<HistoryMatch> {
  const { chainId } = chain;
  const checkpoint = await readCheckpoint(store, chainId);
  if (checkpoint === undefined) return 'nothing stored';
  const height = await chain.height();
  for (const block of await readBlocks(store, chainId, { to: height, limit: chain.finalityDepth })) {
    if ((await chain.hashOf(block.number)) !== block.hash) continue;
    if (block.number === checkpoint.block) return 'same';
    await revertTo(store, chainId, block.number);
    return 'went back';
  }
  await forgetChain(store, chainId);
  return 'forgotten';
}
