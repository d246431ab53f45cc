import { BadDataError } from '@undertow/units';
import type { IndexRange } from '../plan/open-plan.ts';
import { packChunk, unpackChunk, type SweepChunk } from './sweep-chunk.ts';

/**
 * Chunks that lie side by side, in any order, as the one chunk of the range: the same bytes as one run of all of it.
 *
 * @throws BadDataError for a chunk that is damaged, for chunks of two sweeps, and for ranges that leave something out or overlap.
 */
export function joinChunks(chunks: readonly SweepChunk[], { from, to }: IndexRange): SweepChunk {
  const columns = new Map<number, Float64Array>();
  let key: string | undefined;
  let end = from;
  for (const chunk of chunks.toSorted((a, b) => a.from - b.from)) {
    const part = unpackChunk(chunk);
    key ??= part.key;
    if (part.key !== key) throw new BadDataError('the chunks are of two sweeps');
    if (part.from !== end)
      throw new BadDataError(
        `scenario ${end} is missing or there twice: the next chunk begins at ${part.from}`,
      );
    end = part.to;
    for (const [number, values] of part.columns) {
      const into = columns.get(number) ?? new Float64Array(to - from);
      if (part.to <= to) into.set(values, part.from - from);
      columns.set(number, into);
    }
  }
  if (key === undefined || end !== to) throw new BadDataError(`the chunks end at ${end}, and not at ${to}`);
  return packChunk({ key, from, to, columns });
}
