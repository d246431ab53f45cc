import {
  claimChain,
  forgetChain,
  readBlocks,
  readCheckpoint,
  recordIncident,
  resolveIncident,
  revertTo,
  type Store,
} from '@undertow/store';

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
 * is dropped either: a `ConfigError`. A chain that went back is an incident.
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
    if (block.number === checkpoint.block) {
      await resolveIncident(store, { chainId, kind: 'deep-reorg' });
      return 'same';
    }
    await revertTo(store, chainId, block.number);
    await tell(store, chainId, wentBack(checkpoint.block, block.number));
    return 'went back';
  }
  await forgetChain(store, chainId);
  await tell(store, chainId, builtAnew(checkpoint.block));
  return 'forgotten';
}

/** What was shown of the blocks that went was true of a chain that is no more: an operator must know, until a start finds all in place. */
const tell = (store: Store, chainId: number, message: string) =>
  recordIncident(store, { chainId, kind: 'deep-reorg', message });

const wentBack = (from: number, to: number) =>
  `The local chain went back from block ${from} to block ${to} between two runs: it ended before it could be saved. The facts of the ` +
  'blocks above went with them. Over once a start finds the chain where it was left.';

const builtAnew = (from: number) =>
  `The local chain was built anew: no block of the one that was read up to block ${from} is on it, and all of its facts were dropped. ` +
  'Over once a start finds the chain where it was left.';
