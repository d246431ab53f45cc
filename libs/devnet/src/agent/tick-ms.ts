/** Blocks from which on ticks get longer, and how many times as long they get at most. */
const SLOWER = { fromBlock: 5_000, atMost: 6 };

/**
 * Time from one tick to the next on a chain of so many blocks: `everyMs`, and from 5,000 blocks on in proportion to
 * their number, up to six times. Each block makes anvil larger for ever, so a chain that is left alone for days would
 * fill the memory at its first pace. From two seconds they go to twelve: what the chain's own clock says.
 */
export function tickMs(everyMs: number, blocks: number): number {
  return everyMs * Math.min(SLOWER.atMost, Math.max(1, blocks / SLOWER.fromBlock));
}
