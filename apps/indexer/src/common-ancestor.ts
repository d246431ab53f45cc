import { findAncestor } from '@undertow/chain';
import type { Header, KnownBlock } from '@undertow/chain';
import type { Hex } from '@undertow/market';
import { readBlocks } from '@undertow/store';
import { RetryableError } from '@undertow/units';
import type { Watch } from './watch.ts';

export interface Comparison {
  /** The newest stored block that is not above the chain's head: what the chain was held against. */
  readonly compared: KnownBlock | undefined;
  /** The newest stored block that the chain has too. */
  readonly ancestor: KnownBlock | undefined;
}

/** Stored blocks read at first; ten times as many each time the chain has none of them. */
const FIRST_LIMIT = 1_000;

/** Holds the stored block hashes against the chain, newest first. */
export async function commonAncestor({ rpc, store, network }: Watch, head: Header): Promise<Comparison> {
  const known = new Map<number, Hex>([[head.number, head.hash]]);
  for (let limit = FIRST_LIMIT; ; limit *= 10) {
    const stored = [...(await readBlocks(store, network.chainId, { to: head.number, limit }))].reverse();
    for (;;) {
      const search = findAncestor(stored, known);
      if (search.kind === 'found') {
        if (search.ancestor === undefined && stored.length === limit) break;
        return { compared: stored.at(-1), ancestor: search.ancestor };
      }
      for (const header of await rpc.getBlocks(search.blocks)) {
        // Below a head that was just seen: the endpoint that answered is behind the one that told the head.
        if (header === undefined)
          throw new RetryableError(`an endpoint lacks blocks below block ${head.number}`);
        known.set(header.number, header.hash);
      }
    }
  }
}
