import { count } from '../../format/number.ts';
import { minute } from '../../format/time.ts';
import type { StoredBlock } from './load.ts';

/** A block with its time. */
export const blockWords = ({ block, time }: Pick<StoredBlock, 'block' | 'time'>): string =>
  `block ${count(block)}, ${minute(time)}`;

/** The place of the newest block at or below a height; that of the oldest where all are above. */
export function placeOfBlock(blocks: readonly StoredBlock[], height: number): number {
  const place = blocks.findLastIndex(({ block }) => block <= height);
  return Math.max(0, place);
}
