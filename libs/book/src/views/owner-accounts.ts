import type { Address } from '@undertow/market';
import type { Book, BookVenue } from '../book.ts';
import type { AccountRow, VenueRow } from '../rows.ts';
import { withAssetNames } from '../asset-names.ts';
import type { Ledger } from '../ledger.ts';
import { mechanisms } from '../mechanisms.ts';
import type { ExactReading, LiquidationPrice, ReadingOrReason } from '../reading.ts';
import { ownValues } from '../value-account.ts';
import { accountSummary, accountTotals, type AccountSummary } from './account-summary.ts';

/** One account of an owner: as the engine sees it, and as its venue's own views would give it. */
export interface OwnerAccount {
  readonly venue: BookVenue;
  /** '' where an owner has one account at the venue, else what names this one. */
  readonly market: string;
  /** Undefined when the account is not in the book: it owes nothing, or is left out for `reason`. */
  readonly summary: AccountSummary | undefined;
  readonly exact: ExactAccount | undefined;
  /** Why there are no exact figures; undefined when there are. */
  readonly reason: string | undefined;
}

/** An exact reading with its prices explained. */
export interface ExactAccount extends Omit<ExactReading, 'liquidationPrices'> {
  readonly liquidationPrices: readonly ExplainedPrice[];
}

/** The answer of a feed at which an account becomes liquidatable, beside the present one. */
export interface ExplainedPrice extends LiquidationPrice {
  readonly symbol: string;
  /** What the feed calls itself, such as `ETH / USD`. */
  readonly description: string;
  /** Decimals of an answer. */
  readonly decimals: number;
  /** Undefined when the feed has not answered. */
  readonly presentAnswer: bigint | undefined;
  /** `answer ÷ presentAnswer − 1`: -0.2 = the price may fall by 20 %. */
  readonly move: number | undefined;
}

/**
 * Every account of an address at every venue, in the order of the venues. `unnamed` is the ledger that the book was made
 * from; without it (a book file) no account has exact figures.
 */
export function ownerAccounts(book: Book, owner: Address, unnamed: Ledger | undefined): OwnerAccount[] {
  const ledger = unnamed && withAssetNames(unnamed);
  const summaries = summariesOf(book, owner);
  return book.venues.flatMap((venue, row) => {
    const here = summaries.filter((found) => found.venue === row).map(({ summary }) => summary);
    const readings = ledger
      ? mechanisms[venue.mechanism].read(ledger, { venue: venue.id, owner, time: book.time })
      : [];
    const markets = new Set([...here, ...readings].map(({ market }) => market));
    return [...markets].sort().map((market) => {
      const reading = readings.find((one) => one.market === market);
      return {
        venue,
        market,
        summary: here.find((summary) => summary.market === market),
        exact: reading && 'figures' in reading && ledger ? explain(ledger, book, reading) : undefined,
        reason: whyNot(reading, ledger),
      };
    });
  });
}

function summariesOf(
  book: Book,
  owner: Address,
): { readonly venue: VenueRow; readonly summary: AccountSummary }[] {
  const values = ownValues(book);
  const found: { venue: VenueRow; summary: AccountSummary }[] = [];
  for (let row = 0; row < book.accounts.count; row++) {
    if (book.accounts.owner[row] !== owner) continue;
    const summary = accountSummary(book, accountTotals(values, row as AccountRow));
    found.push({ venue: book.accounts.venue[row] as VenueRow, summary });
  }
  return found;
}

function whyNot(reading: ReadingOrReason | undefined, ledger: Ledger | undefined): string | undefined {
  if (!ledger) return 'a book file holds no exact integers: read the account from what is indexed';
  if (!reading) return 'the venue gives no exact reading of this account';
  return 'reason' in reading ? reading.reason : undefined;
}

/** What moves with a feed beside what hangs on it by contract. */
function alongText({ assets }: Ledger['reference'], { along = [] }: LiquidationPrice): string {
  if (along.length === 0) return '';
  return `, ${along.map((asset) => assets.get(asset)?.symbol ?? asset).join(', ')} in proportion`;
}

/** A price that no feed answers is the venue's own, such as a perpetual's mark price: a wad, known from the book. */
const OWN_PRICE_DECIMALS = 18;

function explain({ reference, prices }: Ledger, book: Book, reading: ExactReading): ExactAccount {
  return {
    ...reading,
    liquidationPrices: reading.liquidationPrices.map((price) => {
      const feed = reference.feeds.get(price.feed);
      const row = book.feeds.findIndex(({ id }) => id === price.feed);
      const presentAnswer = prices.get(price.feed)?.answer ?? (feed ? undefined : book.exact.feedAnswer[row]);
      const symbol = reference.assets.get(price.asset)?.symbol ?? price.asset;
      return {
        ...price,
        symbol,
        description: `${feed?.description ?? `${symbol}, the venue's own price, feeds unmoved`}${alongText(reference, price)}`,
        decimals: feed?.decimals ?? OWN_PRICE_DECIMALS,
        presentAnswer,
        move: presentAnswer ? Number(price.answer) / Number(presentAnswer) - 1 : undefined,
      };
    }),
  };
}
