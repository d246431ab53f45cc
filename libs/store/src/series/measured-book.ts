import type { Hex } from '@undertow/market';

/** The book that measures were computed from, and the block that it is of. */
export interface MeasuredBook {
  readonly chainId: number;
  readonly block: number;
  readonly hash: Hex;
  /** Unix seconds. */
  readonly time: number;
  readonly bookHash: string;
}
