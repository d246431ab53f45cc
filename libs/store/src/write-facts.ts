import type { Fact, Hex, Reference } from '@undertow/market';
import { assert, BadDataError } from '@undertow/units';
import type { ClientBase } from 'pg';
import { insertBlocks, type StoredBlock } from './block.ts';
import { lockChain } from './chain-lock.ts';
import { checkpointOf, type Checkpoint } from './checkpoint.ts';
import { copyRows } from './facts/copy-rows.ts';
import { inFactOrder } from './facts/fact-order.ts';
import type { FactTable } from './facts/fact-table.ts';
import { FACT_TABLES } from './facts/fact-tables.ts';
import { notifyHead } from './head-notice.ts';
import { inTransaction } from './in-transaction.ts';
import { mergeRows } from './facts/merge-rows.ts';
import type { Store } from './open-store.ts';
import { upsertReference } from './reference.ts';
import { noteRewrite } from './rewrite.ts';
import { takenBack } from './series/roll-up.ts';
import { startOf } from './series/step.ts';

/** All that was said in a range of blocks. */
export interface FactRange {
  readonly chainId: number;
  /** First block of the range. A range that would leave a gap after the checkpoint is refused; absent = not checked. */
  readonly from?: number;
  /** In any order; none above the checkpoint. */
  readonly facts: readonly Fact[];
  readonly reference?: Partial<Reference>;
  /** Blocks to remember the hashes of, usually the range's last ones and the checkpoint's own. */
  readonly blocks: readonly StoredBlock[];
  /** Last block of the range. */
  readonly checkpoint: { readonly block: number; readonly hash: Hex; readonly time: number };
  /** What is known of the network, plain JSON, kept with the checkpoint; absent = as it was. */
  readonly network?: unknown;
}

export interface WriteResult {
  /** Facts that were not stored before. */
  readonly written: number;
  /** How far the chain is read now. */
  readonly checkpoint: Checkpoint;
}

/**
 * Stores a range in one transaction, exactly once: a range that is repeated, or that overlaps what is stored, adds
 * only what is missing, and the checkpoint never goes back. Listeners hear of the new head when it commits.
 *
 * Throws `BadDataError` when a stored block or fact says otherwise (a reorganisation that nobody reverted, or an
 * endpoint that lies), or when the range leaves a gap; then nothing is kept.
 */
export async function writeFacts(store: Store, range: FactRange): Promise<WriteResult> {
  const { chainId, checkpoint } = range;
  const facts = inFactOrder(range.facts);
  const last = facts.at(-1);
  assert(
    !last || last.block <= checkpoint.block,
    `a fact of block ${last?.block} is above its checkpoint ${checkpoint.block}`,
  );
  assert(
    facts.every((fact) => fact.chainId === chainId),
    `a fact is not of chain ${chainId}`,
  );

  return inTransaction(store, `storing facts up to block ${checkpoint.block}`, async (client) => {
    await lockChain(client, chainId);
    const stored = await checkpointOf(client, chainId);
    checkContinues(stored, range);
    checkKept(stored, facts[0]);
    await insertBlocks(client, chainId, range.blocks);
    if (range.reference) await upsertReference(client, range.reference);
    // No fact above the stored checkpoint exists, so those go straight in; others are merged with what is there.
    const fresh = facts.filter((fact) => fact.block > (stored?.block ?? -1));
    const late = await eachKind(facts.slice(0, facts.length - fresh.length), (table, some) =>
      mergeRows(client, table, some),
    );
    await eachKind(fresh, async (table, some) => {
      await copyRows(client, table.table, table, some);
      return some.length;
    });
    const added = late > 0 ? facts : fresh;
    const earliest = earliestOf(added);
    // What names a time before the head changes what is aggregated of that time, even where its block is new.
    const isOlder = earliest !== undefined && earliest < (stored?.time ?? -Infinity);
    if (late > 0 || isOlder) await noteRewrite(client, chainId, added[0]!.block - 1);
    const written = fresh.length + late;
    const moved = !stored || checkpoint.block > stored.block;
    const now = await advance(client, range, written, earliest);
    if (moved || late > 0) await notifyHead(client, now, late > 0);
    return { written, checkpoint: now };
  });
}

function checkContinues(stored: Checkpoint | undefined, { from, chainId, checkpoint }: FactRange): void {
  if (!stored) return;
  if (from !== undefined && from > stored.block + 1) {
    throw new BadDataError(
      `Blocks ${stored.block + 1} to ${from - 1} of chain ${chainId} would be missing: the chain is read up to ` +
        `${stored.block}. Read on from there.`,
    );
  }
  if (checkpoint.block === stored.block && stored.hash !== undefined && checkpoint.hash !== stored.hash) {
    throw new BadDataError(
      `Block ${stored.block} of chain ${chainId} is stored with another hash: the chain was reorganised. Go back to ` +
        'the last common block before writing on.',
    );
  }
}

/** What a ledger stands for cannot be added to. */
function checkKept(stored: Checkpoint | undefined, first: Fact | undefined): void {
  const { chainId, keptAbove } = stored ?? {};
  if (keptAbove === undefined || first === undefined || first.block > keptAbove) return;
  throw new BadDataError(
    `A fact of block ${first.block} of chain ${chainId} comes late: facts up to block ${keptAbove} were dropped by ` +
      'retention (--keep-facts-days), and a ledger stands for them. Index the chain anew into an empty database.',
  );
}

/** Facts of each kind that occurs, one kind after the other; the sum of what `store` returns. */
async function eachKind(
  facts: readonly Fact[],
  store: (table: FactTable<Fact>, facts: readonly Fact[]) => Promise<number>,
): Promise<number> {
  let sum = 0;
  const byKind = Map.groupBy(facts, (fact) => fact.kind);
  for (const table of FACT_TABLES) {
    const some = byKind.get(table.kind);
    if (some) sum += await store(table, some);
  }
  return sum;
}

/** The earliest time that a fact names: kept aggregates are true before its day at most. */
function earliestOf(facts: readonly Fact[]): number | undefined {
  let earliest: number | undefined;
  for (const { time } of facts) if (earliest === undefined || time < earliest) earliest = time;
  return earliest;
}

/**
 * Moves the checkpoint on, never back. Writing says nothing about trust: that stays as it is. Facts from before the head take
 * back that aggregates of their day are kept.
 */
async function advance(
  client: ClientBase,
  range: FactRange,
  written: number,
  earliest: number | undefined,
): Promise<Checkpoint> {
  const { chainId, checkpoint, network } = range;
  await client.query(
    `INSERT INTO checkpoint AS was (chain_id, block, hash, time, facts, network)
     VALUES ($1, $2, $3, to_timestamp($4), $5, $6)
     ON CONFLICT (chain_id) DO UPDATE SET
       block = greatest(was.block, excluded.block),
       hash = CASE WHEN excluded.block >= was.block THEN excluded.hash ELSE was.hash END,
       time = CASE WHEN excluded.block >= was.block THEN excluded.time ELSE was.time END,
       facts = was.facts + excluded.facts,
       network = coalesce(excluded.network, was.network),
       rolled_until = ${takenBack('was', '$7')}`,
    [
      ...[chainId, checkpoint.block, checkpoint.hash, checkpoint.time, written],
      network === undefined ? null : JSON.stringify(network),
      earliest === undefined ? null : startOf(earliest, 'day'),
    ],
  );
  const now = await checkpointOf(client, chainId);
  assert(now, 'the checkpoint that was just written is there');
  return now;
}
