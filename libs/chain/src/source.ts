import type { Address, Fact, FactKey, Hex, MarketId, Reference } from '@undertow/market';

/** A log as a node returns it, numbers decoded. Addresses and topics are lower case. */
export interface RawLog {
  readonly chainId: number;
  readonly address: Address;
  readonly topics: readonly Hex[];
  readonly data: Hex;
  readonly block: number;
  readonly blockHash: Hex;
  /** Timestamp of the block, unix seconds. */
  readonly time: number;
  readonly logIndex: number;
  /** Hash of the transaction that emitted it; absent where the node did not say. */
  readonly transaction?: Hex;
}

/** Reads by JSON-RPC at one block. Implemented by `openRpc`. */
export interface CallReader {
  /** Results in the order of the calls; `undefined` where a call reverted. Batched and retried inside. */
  calls(
    calls: readonly { readonly to: Address; readonly data: Hex }[],
    block: number | 'latest',
  ): Promise<readonly (Hex | undefined)[]>;
}

/** What a source learns that is not a fact: tokens, feeds, pools. */
export type ReferencePart = Partial<Reference>;

/**
 * One venue deployment, feed set or pool set: which logs it wants and what they say.
 *
 * `decode` is pure but for what the source learns about its own contracts: logs must come in order, and a
 * log seen twice is harmless. It never throws on a log it wants: what it cannot read becomes `Quarantined`.
 */
export interface LogSource {
  /** Venue id, or the name of the oracle or pool set. */
  readonly id: string;
  /** Contracts wanted now. Grows when a log announces a new contract (a reserve's tokens). */
  addresses(): readonly Address[];
  /** First topics wanted. */
  readonly topics: readonly Hex[];
  /** Facts of one log, in order; `discovered` lists contracts whose logs are wanted from this block on. */
  decode(log: RawLog): { readonly facts: readonly Fact[]; readonly discovered?: readonly Address[] };
  /**
   * What the facts of a range call for but logs do not carry (a market's oracle composition, a token's decimals).
   * Returns facts to store with the range, keyed within it, and reference rows. Reads only immutable things.
   */
  enrich(
    facts: readonly Fact[],
    reader: CallReader,
    block: number,
  ): Promise<{ facts: readonly Fact[]; reference: ReferencePart }>;
  /**
   * The same state read by calls at the end of a block, as facts from nothing with `SNAPSHOT_LOG_INDEX`.
   * `owners`: the accounts to read. `marketsOf`: where the logs so far say that an owner ever had anything, so
   * that only there it is asked for; without it every owner may have something everywhere. May tell more than was asked
   * for, in the same words each time that it is asked at one block.
   */
  snapshot(
    reader: CallReader,
    at: SnapshotPoint,
    owners: readonly Address[],
    marketsOf?: (owner: Address) => readonly MarketId[],
  ): Promise<{ facts: readonly Fact[]; reference: ReferencePart }>;
  /**
   * Present when `decode` remembers what logs announced (a reserve's tokens). Called once before the first log, with
   * the stored facts of the source in order (its `TermsChanged` suffice): forgets everything, then learns from them.
   * Called again with the facts that are left after a reorg. They hold what calls said in the period that the last of them
   * is in (`callPeriod`) and the holdings read since `HOLDINGS_BLOCKS` began, so that nothing of it is told again.
   */
  restore?(facts: readonly Fact[]): void;
  /**
   * Present when some answers come by calls and never by logs (prices of a network whose feeds do not speak). Called
   * by the indexer at blocks that the network's `callsEvery` says, and once with the snapshot. Facts have `SNAPSHOT_LOG_INDEX` and parts from 0, so
   * who joins them with other facts read at the same block numbers the parts anew (`factsOfCalls`). At the first block
   * of a period (`callPeriod`) everything is told; what has not changed since is left out at the others.
   */
  poll?(reader: CallReader, at: SnapshotPoint): Promise<Polled>;
  /**
   * Present when what is to be read follows from what other sources say (the feeds that their terms name). Told the facts
   * of every range and snapshot, and what the others poll before it is polled itself.
   */
  hear?(facts: readonly Fact[]): void;
}

/** What calls at a head say. */
export interface Polled {
  readonly facts: readonly Fact[];
  readonly reference?: ReferencePart;
}

export interface SnapshotPoint {
  readonly chainId: number;
  readonly block: number;
  readonly time: number;
  /** At how many blocks before it calls were due: who asks for a few things at a time goes by this. Absent = by its block. */
  readonly turn?: number;
}

/** Key of the n-th fact of a log. */
export function factKey(log: RawLog, part: number): FactKey {
  return { chainId: log.chainId, block: log.block, logIndex: log.logIndex, part, time: log.time };
}
