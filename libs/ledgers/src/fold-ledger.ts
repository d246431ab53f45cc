import {
  addReference,
  applyFacts,
  emptyLedger,
  foldedBy,
  forkLedger,
  isFoldedBy,
  type Ledger,
} from '@undertow/book';
import type { Fact, Reference } from '@undertow/market';
import type { FoldedLedger, LedgerSource, LoadedLedger, NamedBlock, Save } from './ledger-source.ts';
import { farFacts } from './spacing.ts';

export interface FoldOptions {
  /** A ledger to go on from, unless one that is saved is nearer. It is changed, and may become the result. */
  readonly base?: LoadedLedger;
  /** Saves the ledger now and then on a long way. One is saved at a time, while folding goes on. */
  readonly save?: Save;
}

/**
 * The ledger at a block: the nearest one that there is and the facts after it.
 *
 * @throws FactsChangedError when the facts are no longer those of `revision`; ask for the revision again then.
 */
export async function foldLedger(
  source: LedgerSource,
  { block, revision }: { readonly block: number; readonly revision: number },
  { base, save }: FoldOptions = {},
): Promise<FoldedLedger> {
  const { ledger, ...start } = await startOf(source, block, base);
  let { facts, block: reached } = start;
  const fold = (some: readonly Fact[]) => {
    applyFacts(ledger, some);
    facts += some.length;
    reached = some.at(-1)?.block ?? reached;
  };
  let saved = facts;
  let saving: Promise<void> | undefined;
  for await (const batch of source.facts(start.block, block, revision)) {
    const isFar = save !== undefined && facts + batch.length - saved >= farFacts(0);
    const at = isFar ? await namedWithin(source, reached, batch.at(-1)!.block) : undefined;
    if (save === undefined || at === undefined) {
      fold(batch);
      continue;
    }
    fold(batch.filter((fact) => fact.block <= at.block));
    await saving;
    saving = save({ ledger: forkLedger(ledger), block: at.block, facts, revision }, at);
    saved = facts;
    fold(batch.filter((fact) => fact.block > at.block));
  }
  await saving;
  // What was learnt while reading: venues that are new, and names.
  addReference(ledger, await source.reference());
  return { ledger, block, facts, revision };
}

/** The nearest ledger at or below a block that was folded by what is known of its venues; else an empty one. */
async function startOf(source: LedgerSource, upTo: number, base: LoadedLedger | undefined) {
  const reference = await source.reference();
  const usable = base && base.block <= upTo && foldsOn(base.ledger, reference) ? base : undefined;
  const saved = await source.saved({ upTo, above: usable?.block ?? -1, reference });
  return saved ?? usable ?? { ledger: emptyLedger(reference), block: -1, facts: 0 };
}

/** Tells a ledger what is known now. False when by that its facts would have been folded in another way. */
function foldsOn(ledger: Ledger, reference: Reference): boolean {
  const by = foldedBy(ledger);
  addReference(ledger, reference);
  return isFoldedBy(ledger, by);
}

/** The highest block from the one that was reached to below the last of a batch (which may go on in the next) whose hash is stored. */
async function namedWithin(
  source: LedgerSource,
  reached: number,
  last: number,
): Promise<NamedBlock | undefined> {
  const named = await source.blockAtOrBelow(last - 1);
  return named && named.block >= reached ? named : undefined;
}
