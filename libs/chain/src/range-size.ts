/** How many blocks to ask for, and what an endpoint has refused. */
export interface RangeSize {
  readonly blocks: number;
  /** Widest range not known to be refused. */
  readonly ceiling: number;
}

/** Largest step up: one quiet range says little of the next. */
const GROWTH = 2;
/** A ceiling is tried again at last, since another endpoint or a quieter stretch may allow more. */
const CEILING_GROWTH = 1.25;

/**
 * Size of the next range after one of `size.blocks` blocks brought `logs` logs: the one that would have brought
 * `targetLogs`, at most twice as wide, and never more than a little beyond what was refused. At least 1 block.
 */
export function sizeAfterLogs(size: RangeSize, logs: number, targetLogs: number): RangeSize {
  const wanted = Math.floor((size.blocks * targetLogs) / Math.max(logs, 1));
  const ceiling = size.blocks >= size.ceiling ? Math.ceil(size.ceiling * CEILING_GROWTH) : size.ceiling;
  return { blocks: Math.max(1, Math.min(wanted, size.blocks * GROWTH, ceiling)), ceiling };
}

/** Size to try after a range was refused as too wide: half, which becomes the ceiling; `undefined` at 1 block. */
export function sizeAfterRefusal(size: RangeSize): RangeSize | undefined {
  if (size.blocks <= 1) return undefined;
  const blocks = Math.floor(size.blocks / 2);
  return { blocks, ceiling: blocks };
}
