import { bootstrapStateOf, factsOfCalls, pollSources, readRanges, snapshotDepth } from '@undertow/chain';
import type {
  BootstrapState,
  Header,
  LogSource,
  RangeResult,
  ReferencePart,
  SnapshotPoint,
} from '@undertow/chain';
import type { Fact } from '@undertow/market';
import { hasAccounts } from '@undertow/sources';
import { readCheckpoint, setTrust } from '@undertow/store';
import type { Checkpoint } from '@undertow/store';
import { ConfigError, RetryableError } from '@undertow/units';
import type { CallsJson } from './due-calls.ts';
import type { WatchedNetwork } from './indexer-config.ts';
import { recentBlock } from './recent-block.ts';
import { SeenOwners } from './seen-owners.ts';
import type { SeenOwnersJson } from './seen-owners.ts';
import { storeRange } from './store-range.ts';
import { toldOnce } from './told-once.ts';
import type { Watch } from './watch.ts';

/** What a snapshot network keeps with its checkpoint: how far the search for owners is, or where the snapshot stands. */
interface Bootstrap extends BootstrapState {
  readonly scanned?: SeenOwnersJson;
}

/** Owners read in one go, each by a few calls; what is not of an owner is read again with each batch. */
const OWNERS_PER_BATCH = 5_000;
/** The owners found so far are stored after the first range, and then after this time, since each time stores all. */
const SAVE_EVERY_MS = 20_000;
/** A node without old state drops a block's while we read it when that takes long; then a newer block is taken. */
const TRIES = 3;

/** Whether the network starts from a snapshot that has not been taken, or that a reorg took away. */
export function needsSnapshot(network: WatchedNetwork, checkpoint: Checkpoint | undefined): boolean {
  if (network.bootstrap !== 'snapshot') return false;
  const { snapshotBlock } = bootstrapOf(checkpoint);
  return snapshotBlock === undefined || checkpoint === undefined || checkpoint.block < snapshotBlock;
}

/** Block of the snapshot that the stored facts start from. */
export async function snapshotBlock({ store, network }: Watch): Promise<number | undefined> {
  return bootstrapOf(await readCheckpoint(store, network.chainId)).snapshotBlock;
}

/** What to keep with the checkpoint: the network as configured now, at which blocks calls were made, and how it was started from. */
export function networkJson(
  network: WatchedNetwork,
  checkpoint: Checkpoint | undefined,
  calls: CallsJson | undefined,
): object {
  const kept = { ...network, ...(calls && { calls }) };
  return network.bootstrap === 'logs' ? kept : { ...kept, bootstrapState: bootstrapOf(checkpoint) };
}

function bootstrapOf(checkpoint: Checkpoint | undefined): Bootstrap {
  return bootstrapStateOf(checkpoint?.network);
}

/**
 * Finds the accounts by reading the logs up to a recent block, reads their state at that block by calls, and stores it
 * as facts with the checkpoint. How far the search is gets stored on the way, so a restart goes on. The sources know what
 * the stored facts say (`restoreSources`).
 */
export async function takeSnapshot(
  watch: Watch,
  checkpoint: Checkpoint | undefined,
  ownersPerBatch = OWNERS_PER_BATCH,
): Promise<void> {
  const { scanned } = bootstrapOf(checkpoint);
  const resumed = checkpoint?.hash === undefined ? undefined : scanned;
  const owners = new SeenOwners(resumed);
  let from = resumed === undefined ? watch.network.startBlock : (checkpoint?.block ?? 0) + 1;
  for (let attempt = 1, behind = Infinity; ;) {
    const at = await snapshotPoint(watch);
    const rest = await findOwners(watch, { from, at, owners });
    // The search takes hours, and by then the state of its last block may be forgotten: catch up while that helps.
    const late = (await snapshotPoint(watch)).number - at.number;
    const isLate = late > snapshotDepth(watch.network) && late < behind / 2;
    behind = late;
    try {
      if (!isLate) return await storeSnapshot(watch, { ...rest, at, owners, ownersPerBatch });
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      // The state of the block is gone: go on from there to a newer one.
      if (attempt++ === TRIES) throw notRead(error);
    }
    await save(watch, { ...rest, owners, header: at });
    from = at.number + 1;
  }
}

function notRead(cause: ConfigError): ConfigError {
  const advice =
    'All accounts are read as they are in one block. An endpoint that forgets its state before that is done cannot ' +
    'serve: give one that keeps old state (an archive), or a faster one. The search for accounts is kept.';
  return new ConfigError(`the accounts cannot be read: ${cause.message} ${advice}`, { cause });
}

async function snapshotPoint({ rpc, network }: Watch): Promise<Header> {
  const head = await rpc.getBlock('latest');
  const number = (head?.number ?? 0) - snapshotDepth(network);
  const block = number < network.startBlock ? undefined : await rpc.getBlock(number);
  if (block === undefined) {
    throw new RetryableError(
      `chain ${network.chainId} is not ${snapshotDepth(network)} blocks above ${network.startBlock} yet: wait for it`,
    );
  }
  return block;
}

interface Scan {
  readonly from: number;
  readonly at: Header;
  readonly owners: SeenOwners;
}

/** What the search found and has not stored: only terms, which are true as they are; all else the snapshot tells. */
interface Rest {
  readonly from: number;
  readonly facts: readonly Fact[];
  readonly reference: readonly ReferencePart[];
}

async function findOwners(watch: Watch, { from, at, owners }: Scan): Promise<Rest> {
  const { rpc, network, tell } = watch;
  // Pools and feeds have no accounts, and years of swaps would be read in vain: the snapshot tells their state.
  const sources = watch.sources.filter((_source, i) => hasAccounts(network.deployments[i]!));
  let rest: Rest = { from, facts: [], reference: [] };
  let savedAt = -Infinity;
  for await (const range of readRanges(rpc, sources, {
    from,
    to: at.number,
    readAt: recentBlock(rpc),
    checks: 'last',
  })) {
    owners.see(range.facts);
    rest = {
      ...rest,
      facts: [...rest.facts, ...(await withBlockTimes(rpc, termsIn(range)))],
      reference: [...rest.reference, ...range.reference],
    };
    tell({ type: 'progress', phase: 'owners', block: range.to, head: at.number, count: owners.count });
    if (performance.now() - savedAt < SAVE_EVERY_MS || range.to >= at.number) continue;
    await save(watch, { ...rest, owners, header: range.blocks.at(-1) as Header });
    rest = { from: range.to + 1, facts: [], reference: [] };
    savedAt = performance.now();
  }
  return rest;
}

function termsIn({ facts }: RangeResult): readonly Fact[] {
  return facts.filter((fact) => fact.kind === 'TermsChanged');
}

/** Facts with their blocks' times: where a node gives logs without one, the search has given them its range's last block's. */
async function withBlockTimes(rpc: Watch['rpc'], facts: readonly Fact[]): Promise<readonly Fact[]> {
  const headers = await rpc.getBlocks([...new Set(facts.map(({ block }) => block))]);
  const times = new Map(headers.map((header) => [header?.number, header?.time]));
  return facts.map((fact) => ({ ...fact, time: times.get(fact.block) ?? fact.time }));
}

/** Stores how far the search is. Nothing can be shown of it, and the store says so. */
async function save(
  watch: Watch,
  { owners, header, ...rest }: Rest & { owners: SeenOwners; header: Header },
): Promise<void> {
  const { chainId } = watch.network;
  const network = { ...watch.network, bootstrapState: { scanned: owners.toJson() } satisfies Bootstrap };
  await storeRange(watch, { ...rest, blocks: [header], network });
  await setTrust(watch.store, chainId, false, 'The accounts are still being found. This goes on by itself.');
}

async function storeSnapshot(
  watch: Watch,
  { at, owners, ownersPerBatch, ...rest }: Rest & Omit<SnapshotJob, 'point'> & { at: Header },
): Promise<void> {
  const { callsEvery: every = 1 } = watch.network;
  const turn = Math.floor(at.number / every);
  const point = { chainId: watch.network.chainId, block: at.number, time: at.time, turn };
  const facts: Fact[] = [];
  const reference: ReferencePart[] = [...rest.reference];
  for (const source of watch.sources) {
    const part = await snapshotOf(watch, source, { point, owners, ownersPerBatch });
    facts.push(...part.facts);
    reference.push(...part.reference);
  }
  for (const source of watch.sources) source.hear?.(facts);
  const polled = await pollSources(watch.rpc, watch.sources, point);
  facts.push(...polled.facts);
  reference.push(...polled.reference);
  const now = await watch.rpc.getBlock(at.number);
  if (now?.hash !== at.hash)
    throw new RetryableError(`block ${at.number} went in a reorg while the accounts were read in it`);
  const network = {
    ...watch.network,
    calls: { every, from: at.number } satisfies CallsJson,
    bootstrapState: { snapshotBlock: at.number } satisfies Bootstrap,
  };
  // By the first block a reorg below the snapshot can be told from another chain.
  const first = await watch.rpc.getBlock(watch.network.startBlock);
  const blocks = first === undefined || first.number === at.number ? [at] : [first, at];
  await storeRange(watch, {
    from: rest.from,
    facts: [...rest.facts, ...factsOfCalls(point, facts)],
    reference,
    blocks,
    network,
  });
}

interface SnapshotJob {
  readonly point: SnapshotPoint;
  readonly owners: SeenOwners;
  readonly ownersPerBatch: number;
}

/** A source's state, read for some owners at a time. */
async function snapshotOf(watch: Watch, source: LogSource, { point, owners, ownersPerBatch }: SnapshotJob) {
  const facts: Fact[] = [];
  const reference: ReferencePart[] = [];
  const all = owners.of(source.id);
  const marketsOf = owners.marketsOf(source.id);
  const fresh = toldOnce();
  for (let at = 0; at === 0 || at < all.length; at += ownersPerBatch) {
    const some = all.slice(at, at + ownersPerBatch);
    const batch = await source.snapshot(watch.rpc, point, some, marketsOf);
    facts.push(...fresh(batch.facts, some));
    if (at === 0) reference.push(batch.reference);
    const count = Math.min(at + ownersPerBatch, all.length);
    watch.tell({ type: 'progress', phase: 'snapshot', block: point.block, head: point.block, count });
  }
  return { facts, reference };
}
