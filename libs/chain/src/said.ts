import { SNAPSHOT_LOG_INDEX } from '@undertow/market';
import type { Fact, FactKey, Hex } from '@undertow/market';
import { factKey, type RawLog, type SnapshotPoint } from './source.ts';

/** A fact without its key, which the log or the block gives that it was read in. */
export type Said = Fact extends infer F ? (F extends Fact ? Omit<F, keyof FactKey> : never) : never;

/** The facts of what a log says, with parts in the order of what it says, counted from `firstPart`. */
export function factsOfLog(log: RawLog, said: readonly Said[], firstPart = 0): readonly Fact[] {
  return said.map((one, i) => ({ ...factKey(log, firstPart + i), ...one, ...traceOf(log, one) }) as Fact);
}

/** What people look up on a chain is kept with its transaction: liquidations. */
const traceOf = ({ transaction }: RawLog, { kind }: Said): { transaction?: Hex } =>
  kind === 'Liquidated' && transaction !== undefined ? { transaction } : {};

/**
 * The facts of what calls at the end of a block say, with `SNAPSHOT_LOG_INDEX` and parts in their order from 0. What has
 * a key already gets this one: whoever joins what several sources said at one block keys all of it anew.
 */
export function factsOfCalls(at: SnapshotPoint, said: readonly Said[]): readonly Fact[] {
  const { chainId, block, time } = at;
  return said.map((one, part) => {
    const key: FactKey = { chainId, block, logIndex: SNAPSHOT_LOG_INDEX, part, time };
    return { ...one, ...key } as Fact;
  });
}
