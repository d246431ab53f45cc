import { FOLD_VERSION, ledgerDigest, type Ledger } from '@undertow/book';
import {
  dropRetired,
  dropSavedLedger,
  findRetirement,
  readCheckpoint,
  readSavedLedgers,
  retireFacts,
  type RetentionWanted,
  type Retirement,
  type SavedLedger,
  type Store,
} from '@undertow/store';
import { BadDataError } from '@undertow/units';
import { foldLedger } from './fold-ledger.ts';
import type { LedgerSource } from './ledger-source.ts';
import { storeLedgers } from './store-ledgers.ts';

export interface Retained {
  /** Facts that went. */
  readonly dropped: number;
  /** Nothing below this block can be folded; undefined while all facts are there. */
  readonly keptAbove: number | undefined;
}

/**
 * Drops facts that are older than some days before the head. First a ledger is saved that stands for them, read back and held
 * against the fold of the very facts that it stands for: only when the two are equal by digest, facts go. May be stopped at any
 * point, and goes on the next time. Whoever uses this gives up past blocks below that ledger, and the way to another version
 * of the fold.
 *
 * @throws BadDataError when the saved ledger is not what its facts make; it is dropped then, and no fact is.
 */
export async function retainFacts(store: Store, chainId: number, wanted: RetentionWanted): Promise<Retained> {
  const retirement = await findRetirement(store, chainId, wanted);
  const ledger = retirement && (await verifiedLedger(store, retirement));
  if (ledger) await retireFacts(store, retirement, ledger);
  const dropped = await dropRetired(store, chainId);
  return { dropped, keptAbove: (await readCheckpoint(store, chainId))?.keptAbove };
}

/** The saved ledger of a block, held against the fold of its facts; undefined when it could not be saved now. */
async function verifiedLedger(
  store: Store,
  { chainId, block, hash, revision }: Retirement,
): Promise<SavedLedger | undefined> {
  const ledgers = storeLedgers(store, chainId);
  const base = (await readCheckpoint(store, chainId))?.keptAbove ?? -1;
  // From the ledger that stands for what was dropped before, else from the first fact; others only spare work.
  const source: LedgerSource = {
    ...ledgers,
    saved: async (wanted) =>
      base < 0 ? undefined : ledgers.saved({ ...wanted, upTo: base, above: base - 1 }),
  };
  const folded = await foldLedger(source, { block, revision });
  await ledgers.saveBesides(folded, { block, hash });
  const saved = (await readSavedLedgers(store, chainId, FOLD_VERSION)).find((kept) => kept.block === block);
  if (!saved) return undefined;
  const reference = await ledgers.reference();
  const read = await ledgers.saved({ upTo: block, above: block - 1, reference });
  if (read && read.facts === folded.facts && wholeDigest(read.ledger) === wholeDigest(folded.ledger))
    return saved;
  await dropSavedLedger(store, saved.id);
  throw new BadDataError(
    `The ledger saved at block ${block} of chain ${chainId} is not what its facts make. It is dropped, no fact is, and ` +
      'another is saved the next time.',
  );
}

/** Of all that a ledger holds that later facts build on or people are shown. */
function wholeDigest(ledger: Ledger): string {
  const unread = [...ledger.quarantined].flatMap(([source, reasons]) =>
    [...reasons].map(([reason, count]) => JSON.stringify([source, reason, count])),
  );
  const holdings = [...ledger.venues].flatMap(([id, venue]) =>
    [...venue.holdings].map(([token, { held, owed }]) => `${id} ${token} ${held} ${owed}`),
  );
  return JSON.stringify([ledgerDigest(ledger), ledger.at, unread.sort(), holdings.sort()]);
}
