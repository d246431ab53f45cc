import type { Address, Mechanism, TermsPatch, VenueId } from '@undertow/market';
import type { AccountRow, Book } from './book.ts';
import { draftCdp } from './cdp/draft.ts';
import { isCdpDue } from './cdp/exact.ts';
import { feedsOfCdp } from './cdp/feeds.ts';
import { readCdp } from './cdp/read.ts';
import type { DraftBy, DraftVenue } from './draft.ts';
import type { OwedAt } from './holdings.ts';
import { draftPairs } from './isolated-pair/draft.ts';
import { isPairDue } from './isolated-pair/exact.ts';
import { feedsOfPair } from './isolated-pair/feeds.ts';
import { owedByPairs } from './isolated-pair/holdings.ts';
import { readPair } from './isolated-pair/read.ts';
import type { Ledger } from './ledger.ts';
import type { NamedFeed } from './named-feed.ts';
import type { ReadingOrReason } from './reading.ts';
import { draftMoneyMarket } from './money-market/draft.ts';
import { isMoneyMarketAccountDue } from './money-market/exact.ts';
import { feedsOfMoneyMarket } from './money-market/feeds.ts';
import { readMoneyMarket } from './money-market/read.ts';
import { draftOptions } from './option/draft.ts';
import { isOptionDue } from './option/exact.ts';
import { feedsOfOptions } from './option/feeds.ts';
import { readOption } from './option/read.ts';
import { draftPerpetuals } from './perpetual/draft.ts';
import { isPerpetualDue } from './perpetual/exact.ts';
import { feedsOfPerpetuals } from './perpetual/feeds.ts';
import { readPerpetual } from './perpetual/read.ts';
import { draftPooled } from './pooled-lending/draft.ts';
import { isPooledDue } from './pooled-lending/exact.ts';
import { feedsOfPooled } from './pooled-lending/feeds.ts';
import { owedByPooled } from './pooled-lending/holdings.ts';
import { readPooled } from './pooled-lending/read.ts';

/** What the book must know of a mechanism. */
export interface MechanismBook {
  /** True where anyone may open a market, so that what its terms name has nobody's word: see `withAssetNames`. */
  readonly isPermissionless: boolean;
  /** What a venue gives to the book; the venue is in the ledger's reference. */
  readonly draft: (ledger: Ledger, venue: VenueId, by: DraftBy) => DraftVenue;
  /** See `isLiquidatableExact`. */
  readonly isDueExact: (book: Book, account: AccountRow, answers: readonly bigint[]) => boolean;
  /** The feeds that a market's terms name, of which the USD prices of assets are taken. */
  readonly feedsOf: (ledger: Ledger, terms: TermsPatch) => readonly NamedFeed[];
  /** The accounts of one owner at one venue, as the venue's own views would give them at a time (unix seconds). */
  readonly read: (
    ledger: Ledger,
    at: { readonly venue: VenueId; readonly owner: Address; readonly time: number },
  ) => readonly ReadingOrReason[];
  /**
   * See `owedByVenue`. Absent where a venue's own figures follow its balances, or where its stock is not compared with
   * them.
   */
  readonly owed?: (ledger: Ledger, at: OwedAt) => bigint | undefined;
}

export const mechanisms: Readonly<Record<Mechanism, MechanismBook>> = {
  'pooled-lending': {
    isPermissionless: false,
    draft: draftPooled,
    isDueExact: isPooledDue,
    feedsOf: feedsOfPooled,
    read: readPooled,
    owed: owedByPooled,
  },
  'isolated-pair': {
    isPermissionless: true,
    draft: draftPairs,
    isDueExact: isPairDue,
    feedsOf: feedsOfPair,
    read: readPair,
    owed: owedByPairs,
  },
  cdp: {
    isPermissionless: false,
    draft: draftCdp,
    isDueExact: isCdpDue,
    feedsOf: feedsOfCdp,
    read: readCdp,
  },
  perpetual: {
    isPermissionless: false,
    draft: draftPerpetuals,
    isDueExact: isPerpetualDue,
    feedsOf: feedsOfPerpetuals,
    read: readPerpetual,
  },
  option: {
    isPermissionless: false,
    draft: draftOptions,
    isDueExact: isOptionDue,
    feedsOf: feedsOfOptions,
    read: readOption,
  },
  'money-market': {
    isPermissionless: false,
    draft: draftMoneyMarket,
    isDueExact: isMoneyMarketAccountDue,
    feedsOf: feedsOfMoneyMarket,
    read: readMoneyMarket,
  },
};
