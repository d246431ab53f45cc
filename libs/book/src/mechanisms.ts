import type { Address, Mechanism, VenueId } from '@undertow/market';
import type { AccountRow, Book } from './book.ts';
import { draftCdp } from './cdp/draft.ts';
import { isCdpDue } from './cdp/exact.ts';
import { readCdp } from './cdp/read.ts';
import type { DraftBy, DraftVenue } from './draft.ts';
import { draftPairs } from './isolated-pair/draft.ts';
import { isPairDue } from './isolated-pair/exact.ts';
import { readPair } from './isolated-pair/read.ts';
import type { Ledger } from './ledger.ts';
import type { ReadingOrReason } from './reading.ts';
import { draftOptions } from './option/draft.ts';
import { isOptionDue } from './option/exact.ts';
import { readOption } from './option/read.ts';
import { draftPerpetuals } from './perpetual/draft.ts';
import { isPerpetualDue } from './perpetual/exact.ts';
import { readPerpetual } from './perpetual/read.ts';
import { draftPooled } from './pooled-lending/draft.ts';
import { isPooledDue } from './pooled-lending/exact.ts';
import { readPooled } from './pooled-lending/read.ts';

/** What the book must know of a mechanism. */
export interface MechanismBook {
  /** What a venue gives to the book; the venue is in the ledger's reference. */
  readonly draft: (ledger: Ledger, venue: VenueId, by: DraftBy) => DraftVenue;
  /** See `isLiquidatableExact`. */
  readonly isDueExact: (book: Book, account: AccountRow, answers: readonly bigint[]) => boolean;
  /** The accounts of one owner at one venue, as the venue's own views would give them at a time (unix seconds). */
  readonly read: (
    ledger: Ledger,
    at: { readonly venue: VenueId; readonly owner: Address; readonly time: number },
  ) => readonly ReadingOrReason[];
}

export const mechanisms: Readonly<Record<Mechanism, MechanismBook>> = {
  'pooled-lending': { draft: draftPooled, isDueExact: isPooledDue, read: readPooled },
  'isolated-pair': { draft: draftPairs, isDueExact: isPairDue, read: readPair },
  cdp: { draft: draftCdp, isDueExact: isCdpDue, read: readCdp },
  perpetual: { draft: draftPerpetuals, isDueExact: isPerpetualDue, read: readPerpetual },
  option: { draft: draftOptions, isDueExact: isOptionDue, read: readOption },
};
