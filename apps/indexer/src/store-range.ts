import type { RangeResult } from '@undertow/chain';
import type { Fact, Reference } from '@undertow/market';
import { writeFacts } from '@undertow/store';
import type { Checkpoint, StoredBlock } from '@undertow/store';
import { assert } from '@undertow/units';
import type { Watch } from './watch.ts';

export interface RangeToStore {
  readonly from: number;
  readonly facts: readonly Fact[];
  readonly reference: RangeResult['reference'];
  /** Ascending; the last one is the range's last block. */
  readonly blocks: readonly StoredBlock[];
  /** Kept with the checkpoint. */
  readonly network?: object;
}

/** Stores a range with its checkpoint in one transaction. */
export async function storeRange({ store, network }: Watch, range: RangeToStore): Promise<Checkpoint> {
  const last = range.blocks.at(-1);
  assert(last, 'a range that was read has the header of its last block');
  const { checkpoint } = await writeFacts(store, {
    chainId: network.chainId,
    from: range.from,
    facts: range.facts,
    reference: merge(range.reference),
    blocks: range.blocks,
    checkpoint: { block: last.number, hash: last.hash, time: last.time },
    ...(range.network === undefined ? {} : { network: range.network }),
  });
  return checkpoint;
}

function merge(parts: RangeResult['reference']): Reference {
  return {
    venues: parts.flatMap(({ venues }) => venues ?? []),
    assets: parts.flatMap(({ assets }) => assets ?? []),
    feeds: parts.flatMap(({ feeds }) => feeds ?? []),
    pools: parts.flatMap(({ pools }) => pools ?? []),
  };
}
