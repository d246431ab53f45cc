import type { Reference, VenueId } from '@undertow/market';
import { addReference, type Ledger } from './ledger.ts';
import { packAccounts, unpackAccounts, type PackedAccounts } from './pack-accounts.ts';

/**
 * A piece of a ledger: plain values, arrays, maps and integers of any size, to be written somewhere and read back. The
 * first holds all but the accounts and the reference; each other one some accounts of one venue.
 */
export type LedgerPart =
  | { readonly ledger: Omit<Ledger, 'reference' | 'own'>; readonly foldedBy: ReadonlyMap<VenueId, string> }
  | { readonly venue: VenueId; readonly packed: PackedAccounts };

/** Accounts per part: some milliseconds' work to write. */
const PART_ACCOUNTS = 2_000;

/** A ledger in parts. It must not change meanwhile: give a fork when it may. */
export function* ledgerParts(ledger: Ledger, partAccounts = PART_ACCOUNTS): Generator<LedgerPart> {
  const { reference: _reference, own: _own, venues, ...rest } = ledger;
  const withoutAccounts = [...venues].map(([id, venue]) => [id, { ...venue, accounts: new Map() }] as const);
  yield { ledger: { ...rest, venues: new Map(withoutAccounts) }, foldedBy: foldedBy(ledger) };
  for (const [venue, { accounts }] of venues) {
    const entries = [...accounts];
    for (let from = 0; from < entries.length; from += partAccounts)
      yield { venue, packed: packAccounts(entries.slice(from, from + partAccounts)) };
  }
}

/** Puts a ledger together from its parts, in their order. The values become the ledger's own. */
export class LedgerOfParts {
  #ledger: Ledger | undefined;
  #foldedBy: ReadonlyMap<VenueId, string> | undefined;

  add(part: LedgerPart): void {
    if ('ledger' in part) {
      const reference = { venues: new Map(), assets: new Map(), feeds: new Map(), pools: new Map() };
      this.#ledger = { ...part.ledger, reference, own: undefined };
      this.#foldedBy = part.foldedBy;
      return;
    }
    const accounts = this.#ledger?.venues.get(part.venue)?.accounts;
    if (!accounts) throw new Error(`the accounts of ${part.venue} come before what they are accounts of`);
    for (const [owner, account] of unpackAccounts(part.packed)) accounts.set(owner, account);
  }

  /** The ledger, with what is known by now; undefined when by what is known now the fold would have come out otherwise. */
  ledger(reference: Reference): Ledger | undefined {
    const ledger = this.#ledger;
    if (!ledger || !this.#foldedBy) return undefined;
    addReference(ledger, reference);
    return isFoldedBy(ledger, this.#foldedBy) ? ledger : undefined;
  }
}

/**
 * What the fold takes from the reference: of each venue of which there are facts, how its indices accrue. All else of
 * the reference only says what ledgers mean.
 */
export function foldedBy({ venues, reference }: Ledger): ReadonlyMap<VenueId, string> {
  const words = [...venues.keys()].map((id) => {
    const { mechanism = '', version = '' } = reference.venues.get(id) ?? {};
    return [id, `${mechanism} ${version}`] as const;
  });
  return new Map(words);
}

/** Whether what a ledger was folded by is what is known of its venues. */
export function isFoldedBy(ledger: Ledger, by: ReadonlyMap<VenueId, string>): boolean {
  return [...foldedBy(ledger)].every(([id, words]) => !by.has(id) || by.get(id) === words);
}
