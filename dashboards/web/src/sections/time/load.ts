import { ask } from '../../graph/ask.ts';
import type { BlocksAnswer } from '../../graph/answers.ts';

export const BLOCKS = /* GraphQL */ `
  query Blocks {
    blocks(first: 500) {
      nodes {
        block
        time
        isFinal
      }
    }
  }
`;

export type StoredBlock = BlocksAnswer['blocks']['nodes'][number];

/** Stored blocks that can be asked of, oldest first, spread evenly over the heights. */
export async function loadBlocks(signal: AbortSignal): Promise<readonly StoredBlock[]> {
  return (await ask<BlocksAnswer>(BLOCKS, {}, signal)).blocks.nodes;
}
