import type { Hex } from '@undertow/market';

/** A block that facts were stored up to, or at. */
export interface KnownBlock {
  readonly number: number;
  readonly hash: Hex;
}

/** Hashes that the chain gave for some blocks now; `undefined` where it has no such block. */
export type ChainHashes = ReadonlyMap<number, Hex | undefined>;

/** Either blocks to ask the chain for, or the last stored block that the chain still has (`undefined`: none of them). */
export type AncestorSearch =
  | { readonly kind: 'ask'; readonly blocks: readonly number[] }
  | { readonly kind: 'found'; readonly ancestor: KnownBlock | undefined };

/** Blocks asked at first: nearly every reorg is shallower. */
const FIRST_PROBE = 8;
/** Blocks asked in each further round, so that 16 rounds are enough for 16^15 stored blocks. */
const PROBES = 15;

/**
 * One step of the search for the last stored block that is still on the chain. Starts at the newest and then searches
 * the rest in sixteenths, which finds it since a chain that has a block also has all blocks below.
 *
 * @param stored ascending, no two of one height
 * @param known what has been asked so far; the caller adds the answers to what `ask` names and calls again
 */
export function findAncestor(stored: readonly KnownBlock[], known: ChainHashes): AncestorSearch {
  let low = 0; // Everything below has been seen to be on the chain, or there is nothing.
  let high = stored.length; // Everything from here on is not.
  for (let i = stored.length - 1; i >= 0; i--) {
    const { number, hash } = stored[i] as KnownBlock;
    if (!known.has(number)) continue;
    if (known.get(number) === hash) {
      low = i + 1;
      break;
    }
    high = i;
  }
  if (low >= high) return { kind: 'found', ancestor: stored[low - 1] };
  const probes = high === stored.length ? newest(stored, low) : spread(low, high);
  return { kind: 'ask', blocks: probes.map((i) => (stored[i] as KnownBlock).number) };
}

function newest(stored: readonly KnownBlock[], low: number): readonly number[] {
  const from = Math.max(low, stored.length - FIRST_PROBE);
  return Array.from({ length: stored.length - from }, (_, i) => from + i);
}

/** Up to `PROBES` different positions from `low` to `high` − 1, evenly spread. */
function spread(low: number, high: number): readonly number[] {
  const count = Math.min(PROBES, high - low);
  return Array.from({ length: count }, (_, i) => low + Math.floor(((i + 0.5) * (high - low)) / count));
}

/**
 * What the chain's state means for what is stored.
 *
 * - `extend`: read `from..head`.
 * - `wait`: nothing new, or the node is behind what is stored.
 * - `reorg`: drop everything above `ancestor`, then read on.
 * - `deep-reorg`: as `reorg`, but blocks that counted as final went too: what was served was not true.
 * - `foreign`: not one stored block is on the chain: another chain, or another start of it.
 */
export type Step =
  | { readonly kind: 'extend'; readonly from: number }
  | { readonly kind: 'wait' }
  | { readonly kind: 'reorg' | 'deep-reorg'; readonly ancestor: KnownBlock; readonly depth: number }
  | { readonly kind: 'foreign' };

export interface ChainState {
  /** The last stored block; `undefined` when nothing is stored. */
  readonly top: KnownBlock | undefined;
  /** The last stored block that is not above the chain's head; what the chain was held against. */
  readonly compared: KnownBlock | undefined;
  /** The last stored block that the chain has too, from `findAncestor`. */
  readonly ancestor: KnownBlock | undefined;
  /** Number of the chain's last block. */
  readonly head: number;
  /** First block of the network that is read. */
  readonly startBlock: number;
  /** A reorg of more blocks than this is deep. */
  readonly finalityDepth: number;
}

/** Decides the next step. A chain that is shorter than what is stored, but nowhere else, is waited for. */
export function nextStep({ top, compared, ancestor, head, startBlock, finalityDepth }: ChainState): Step {
  if (top === undefined) return head >= startBlock ? { kind: 'extend', from: startBlock } : { kind: 'wait' };
  if (ancestor?.number === compared?.number) {
    return head > top.number ? { kind: 'extend', from: top.number + 1 } : { kind: 'wait' };
  }
  if (ancestor === undefined) return { kind: 'foreign' };
  const depth = top.number - ancestor.number;
  return { kind: depth > finalityDepth ? 'deep-reorg' : 'reorg', ancestor, depth };
}
