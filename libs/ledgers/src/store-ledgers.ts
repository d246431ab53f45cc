import { FOLD_VERSION, LedgerOfParts, ledgerParts } from '@undertow/book';
import {
  dropSavedLedger,
  readBlocks,
  readFacts,
  readLedgerParts,
  readReference,
  readSavedLedgers,
  saveLedger,
  type LedgerToSave,
  type SavedLedger,
  type Store,
} from '@undertow/store';
import type { FoldedLedger, LedgerSource, LedgerWanted, LoadedLedger, NamedBlock } from './ledger-source.ts';
import { partBytes, partOf } from './part-bytes.ts';
import { isDue, notNeeded } from './spacing.ts';

/** Ledgers of a chain in a database, which it also saves. */
export interface StoreLedgers extends LedgerSource {
  /** Saves a ledger if so many facts lie between it and the newest that is saved. False when it was not. */
  saveIfDue(folded: FoldedLedger, at: NamedBlock): Promise<boolean>;
  /** Saves a ledger wherever it stands. False when it was not: the chain went back, or another process saves. */
  save(folded: FoldedLedger, at: NamedBlock): Promise<boolean>;
  /** The same, and no other ledger goes for it. */
  saveBesides(folded: FoldedLedger, at: NamedBlock): Promise<boolean>;
}

export interface StoreLedgersOptions {
  /** Whether saved ledgers that turn out to be of no use are dropped; a mere reader may not be allowed to. Default false. */
  readonly drops?: boolean;
}

/** What ledgers of a chain are made of, in a database. */
export function storeLedgers(
  store: Store,
  chainId: number,
  { drops = false }: StoreLedgersOptions = {},
): StoreLedgers {
  const list = () => readSavedLedgers(store, chainId, FOLD_VERSION);
  const write = (
    { ledger, facts, revision }: FoldedLedger,
    { block, hash }: NamedBlock,
    drop: LedgerToSave['drop'],
  ) =>
    saveLedger(
      store,
      {
        ...{ chainId, fold: FOLD_VERSION, block, hash: hash as `0x${string}`, facts, revision, drop },
      },
      partBytes(ledgerParts(ledger)),
    );
  const save = (folded: FoldedLedger, at: NamedBlock) =>
    write(folded, at, (kept) => notNeeded(kept).map(({ id }) => id));
  return {
    reference: () => readReference(store, chainId),
    facts: (after, upTo, revision) => readFacts(store, chainId, { after, upTo, revision }),
    async saved(wanted) {
      for (const kept of (await list()).toReversed()) {
        if (kept.block <= wanted.above) return undefined;
        if (kept.block > wanted.upTo) continue;
        const ledger = await load(store, kept, wanted);
        if (ledger) return ledger;
        if (drops) await dropSavedLedger(store, kept.id);
      }
      return undefined;
    },
    async blockAtOrBelow(to) {
      const [found] = await readBlocks(store, chainId, { to, limit: 1 });
      return found && { block: found.number, hash: found.hash };
    },
    async saveIfDue(folded, at) {
      return isDue(folded.facts, (await list()).at(-1)) && (await save(folded, at));
    },
    save,
    saveBesides: (folded, at) => write(folded, at, () => []),
  };
}

/** A saved ledger; undefined when it is not whole, cannot be read or would have been folded otherwise now. */
async function load(
  store: Store,
  { id, block, facts, bytes }: SavedLedger,
  { reference }: LedgerWanted,
): Promise<LoadedLedger | undefined> {
  const parts = new LedgerOfParts();
  let read = 0;
  for await (const content of readLedgerParts(store, id)) {
    read += content.length;
    try {
      parts.add(await partOf(content));
    } catch {
      // Another version of Node wrote it, or something else did: it is folded anew.
      return undefined;
    }
    if (parts.ledger(reference) === undefined) return undefined;
  }
  const ledger = read === bytes ? parts.ledger(reference) : undefined;
  return ledger && { ledger, block, facts };
}
