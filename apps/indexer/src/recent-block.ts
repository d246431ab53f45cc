import type { Rpc } from '@undertow/chain';

/** Blocks below the head: there on every endpoint, and long before a node forgets the state. */
const BELOW_HEAD = 2;
/** How long an answer is used again. */
const KEPT_MS = 5_000;

/** Gives a block whose state a node without an archive still has, at whatever time it is asked. */
export function recentBlock(rpc: Rpc): () => Promise<number> {
  let known = { block: 0, until: -Infinity };
  return async () => {
    if (performance.now() >= known.until) {
      const head = await rpc.getBlock('latest');
      known = { block: Math.max((head?.number ?? 0) - BELOW_HEAD, 0), until: performance.now() + KEPT_MS };
    }
    return known.block;
  };
}
