import { nextStep, readRanges } from '@undertow/chain';
import { recentBlock } from './recent-block.ts';
import type { Header, RangeResult, Step } from '@undertow/chain';
import { readCheckpoint } from '@undertow/store';
import type { Checkpoint } from '@undertow/store';
import { RetryableError } from '@undertow/units';
import { commonAncestor } from './common-ancestor.ts';
import { checkCalls, dueCalls } from './due-calls.ts';
import { distrust, goBack, trustAgain } from './go-back.ts';
import { needsSnapshot, networkJson, takeSnapshot } from './take-snapshot.ts';
import { storeRange } from './store-range.ts';
import { restoreSources } from './watch.ts';
import type { Watch } from './watch.ts';

/** Keeps the store at the chain's head. */
export interface Follower {
  /**
   * Looks at the chain's head once and does what it calls for: read on, or go back. True when something moved and it
   * should look again at once. After a failure the next round starts from what is stored.
   */
  round(): Promise<boolean>;
}

/** Follows the chain of `watch` from where the store is. */
export function followChain(watch: Watch): Follower {
  let checkpoint: Checkpoint | undefined;
  /** False when the sources may know more, or less, than what is stored. */
  let restored = false;
  let told = false;

  const load = async () => {
    checkpoint = await readCheckpoint(watch.store, watch.network.chainId);
    checkCalls(watch.network, checkpoint);
    await restoreSources(watch, checkpoint);
  };

  const act = async (step: Step, head: Header): Promise<boolean> => {
    if (step.kind === 'wait') {
      if (checkpoint?.trusted === false && checkpoint.hash === head.hash) {
        await trustAgain(watch);
        checkpoint = { ...checkpoint, trusted: true };
      }
      if (!told && checkpoint)
        watch.tell({ type: 'ready', chainId: watch.network.chainId, block: checkpoint.block });
      told = true;
      return false;
    }
    if (step.kind === 'foreign') throw await distrust(watch, head);
    if (step.kind === 'extend') {
      await extend(watch, { from: step.from, head, below: checkpoint }, (stored) => (checkpoint = stored));
      return true;
    }
    await goBack(watch, step);
    await load();
    return true;
  };

  return {
    async round() {
      const wasRestored = restored;
      restored = false;
      if (!wasRestored) await load();
      if (needsSnapshot(watch.network, checkpoint)) {
        await takeSnapshot(watch, checkpoint);
        return true;
      }
      const head = await watch.rpc.getBlock('latest');
      if (head === undefined) throw new RetryableError('the endpoint has no block at all yet');
      const moved = await act(await judge(watch, checkpoint, head), head);
      restored = true;
      return moved;
    },
  };
}

/** Most heads stand on the stored block or are it, which one look tells. */
async function judge(watch: Watch, checkpoint: Checkpoint | undefined, head: Header): Promise<Step> {
  if (checkpoint?.hash !== undefined) {
    if (head.hash === checkpoint.hash) return { kind: 'wait' };
    if (head.parentHash === checkpoint.hash) return { kind: 'extend', from: head.number };
  }
  const { startBlock, finalityDepth } = watch.network;
  const top = checkpoint && topOf(checkpoint);
  const compared =
    top === undefined ? { compared: undefined, ancestor: undefined } : await commonAncestor(watch, head);
  return nextStep({ ...compared, top, head: head.number, startBlock, finalityDepth });
}

/** After going back to before everything there is a checkpoint without a block. */
function topOf({ block, hash }: Checkpoint) {
  return hash === undefined ? undefined : { number: block, hash };
}

interface Extension {
  readonly from: number;
  readonly head: Header;
  readonly below: Checkpoint | undefined;
}

/** Reads and stores up to the head; a range is decoded while the one before it is being stored. */
async function extend(
  watch: Watch,
  { from, head, below }: Extension,
  stored: (checkpoint: Checkpoint) => void,
) {
  const { network, rpc, sources, tell } = watch;
  const everyHeaderFrom = head.number - network.finalityDepth;
  const calls = await dueCalls(watch, { from, head: head.number }, below);
  let writing: Promise<void> = Promise.resolve();
  let parent = below?.hash;
  let count = 0;

  const write = async (range: RangeResult) => {
    const checkpoint = await storeRange(watch, {
      ...range,
      network: networkJson(network, below, calls.json(range.to)),
    });
    stored(checkpoint);
    count += range.facts.length;
    const last = range.blocks.at(-1) as Header;
    if (range.to < head.number)
      tell({ type: 'progress', phase: 'facts', block: range.to, head: head.number, count });
    else tell({ type: 'head', block: last.number, hash: last.hash, time: last.time });
  };

  try {
    for await (const range of readRanges(rpc, sources, {
      from,
      to: head.number,
      readAt: recentBlock(rpc),
      everyHeaderFrom,
      calls,
    })) {
      const first = range.blocks[0];
      if (first?.number === range.from && parent !== undefined && first.parentHash !== parent) {
        throw new RetryableError(
          `block ${range.from} is not on top of the one that was read before: a reorg came between`,
        );
      }
      parent = range.blocks.at(-1)?.hash;
      await writing;
      writing = write(range);
      // A failure is told when it is awaited; until then it must not count as unhandled.
      writing.catch(() => {});
    }
  } finally {
    await writing;
  }
}
