import type { Fact } from '@undertow/market';
import { factsOfCalls } from './said.ts';
import type { CallReader, LogSource, SnapshotPoint } from './source.ts';

/** What sources say by calls only at the end of a block, after what the logs up to it say; parts from 0 over all of them. */
export async function pollSources(
  reader: CallReader,
  sources: readonly LogSource[],
  at: SnapshotPoint,
): Promise<readonly Fact[]> {
  const said: Fact[] = [];
  for (const source of sources) said.push(...((await source.poll?.(reader, at)) ?? []));
  return factsOfCalls(at, said);
}
