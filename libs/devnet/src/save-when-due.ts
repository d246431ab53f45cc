import { RetryableError } from '@undertow/units';
import type { Devnet } from './devnet.ts';

export interface SaveWhenDueOptions {
  /** Blocks on top of the saved ones that make it due. */
  readonly blocks: number;
  /** It cannot be written; the next call tries again. */
  readonly onFailure: (error: unknown) => void;
}

/**
 * Gives a function that saves the chain when it has grown by so many blocks since it was saved (or started: a chain is
 * saved when it is built, and loaded from what was saved). An anvil that is killed and cannot write anything then
 * loses `blocks` at most, and what is made between two calls and while one saves.
 *
 * A chain that does not answer is not a failure: it is tried again, and `devnet.exited` tells of its end.
 */
export async function saveWhenDue(
  devnet: Devnet,
  { blocks, onFailure }: SaveWhenDueOptions,
): Promise<() => Promise<void>> {
  let savedTo = await height(devnet);
  return async () => {
    try {
      const head = await height(devnet);
      // Lower than what is saved: blocks were taken back, and the file has them still.
      if (head >= savedTo && head - savedTo < blocks) return;
      await devnet.save();
      savedTo = head;
    } catch (error) {
      if (!(error instanceof RetryableError)) onFailure(error);
    }
  };
}

async function height(devnet: Devnet): Promise<number> {
  return Number(await devnet.rpc<string>('eth_blockNumber'));
}
