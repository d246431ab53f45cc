import type { SavedLedger } from '@undertow/store';

/** Facts between two ledgers that are saved one after the other, at least: folding so many takes some hundredths of a second. */
const NEAR_FACTS = 5_000;
/** Facts between two that are kept however old they are, at least: folding so many takes a quarter of a second. */
const FAR_FACTS = 50_000;
/** A large ledger is saved less often, so that what is written is at most about what the facts take (217 bytes each) ... */
const NEAR_BYTES_PER_FACT = 200;
/** ... and what is kept of old ones at most about a quarter of it. */
const FAR_BYTES_PER_FACT = 50;
/** The distance kept grows with the age, from near to far: a fourth of it. */
const AGES = 4;

type Kept = Pick<SavedLedger, 'facts' | 'bytes'>;

/** Whether a ledger of so many facts is to be saved, when `newest` is the newest that is kept. */
export function isDue(facts: number, newest: Kept | undefined): boolean {
  return facts - (newest?.facts ?? 0) >= nearFacts(newest?.bytes ?? 0);
}

const nearFacts = (bytes: number) => Math.max(NEAR_FACTS, bytes / NEAR_BYTES_PER_FACT);

/** Facts after which a long fold saves what it has so far. */
export const farFacts = (bytes: number): number => Math.max(FAR_FACTS, bytes / FAR_BYTES_PER_FACT);

/**
 * Which of some ledgers, ascending by block, are not needed: those without which the ones beside them are still near
 * enough to each other, for their age. The newest always stays.
 */
export function notNeeded<Ledger extends Kept>(kept: readonly Ledger[]): readonly Ledger[] {
  const newest = kept.at(-1);
  if (!newest) return [];
  const gone: Ledger[] = [];
  let above = newest;
  for (let row = kept.length - 2; row >= 0; row--) {
    const ledger = kept[row]!;
    const below = kept[row - 1]?.facts ?? 0;
    if (above.facts - below <= distance(newest, above)) gone.push(ledger);
    else above = ledger;
  }
  return gone;
}

function distance(newest: Kept, at: Kept): number {
  const age = newest.facts - at.facts;
  return Math.min(farFacts(newest.bytes), Math.max(nearFacts(newest.bytes), age / AGES));
}
