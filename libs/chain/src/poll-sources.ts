import type { Fact } from '@undertow/market';
import { factsOfCalls } from './said.ts';
import type { CallReader, LogSource, ReferencePart, SnapshotPoint } from './source.ts';

/**
 * What sources say by calls only at the end of a block, after what the logs up to it say; parts from 0 over all of them.
 * Those that hear what others say come last, and have heard it.
 */
export async function pollSources(
  reader: CallReader,
  sources: readonly LogSource[],
  at: SnapshotPoint,
): Promise<{ readonly facts: readonly Fact[]; readonly reference: readonly ReferencePart[] }> {
  const said: Fact[] = [];
  const reference: ReferencePart[] = [];
  const listeners = sources.filter(({ hear }) => hear !== undefined);
  const others = sources.filter(({ hear }) => hear === undefined);
  const poll = async (source: LogSource) => {
    const polled = await source.poll?.(reader, at);
    said.push(...(polled?.facts ?? []));
    if (polled?.reference) reference.push(polled.reference);
  };
  for (const source of others) await poll(source);
  for (const source of listeners) source.hear!(said);
  for (const source of listeners) await poll(source);
  return { facts: factsOfCalls(at, said), reference };
}
