import {
  accountSummary,
  findAsset,
  findMarket,
  type AssetRow,
  type Book,
  type MarketRow,
} from '@undertow/book';
import { accountAnswer, type AccountAnswer } from './account-answer.ts';
import { assetFinder } from './asset-answer.ts';
import { connectionOf, type Connection } from './connection/connection.ts';
import { hashInCursor, writeCursor } from './connection/cursor.ts';
import type { PageAsked, Places } from './connection/open-page.ts';
import { pageLength, type LengthAsked } from './connection/page-length.ts';
import { inputError } from './errors.ts';
import { checkHealth, checkLeast, checkVenue, venueOfMarket } from './input.ts';
import { rankAccounts, type AccountFilter, type AccountOrder } from './rank-accounts.ts';
import type { BookAtHead, Head } from './shown.ts';

/** The arguments of a page of accounts. */
export interface AccountsAsked extends LengthAsked, PageAsked {
  readonly where?: AccountWhere | null;
  readonly orderBy?: AccountOrder | null;
}

/** Which accounts, as a client writes it. */
export interface AccountWhere {
  readonly venue?: string | null;
  readonly market?: string | null;
  readonly owner?: string | null;
  readonly maxHealthFactor?: number | null;
  readonly minDebtUsd?: number | null;
  readonly asset?: string | null;
}

export type AccountPage = Connection<AccountAnswer> & { readonly head: Head; readonly bookHash: string };

/** A page of the accounts of a book that match, between places of their order; throws a GraphQLError that says what is wrong. */
export function accountPage(
  { book, head }: BookAtHead,
  asked: Omit<AccountsAsked, keyof PageAsked>,
  { after, before }: Places,
): AccountPage {
  const { most, isFromEnd } = pageLength(asked);
  const { where, orderBy } = asked;
  const order = orderBy ?? 'health';
  const ranked = rankAccounts(book, order, filterOf(book, where ?? {}));
  const start = after === undefined ? 0 : after[0]! + 1;
  const end = before === undefined ? ranked.length : before[0]!;
  // One more than is shown, at the far end.
  const from = isFromEnd ? Math.max(start, end - most - 1) : start;
  const items = ranked.slice(from, isFromEnd ? end : Math.min(end, start + most + 1));
  const find = assetFinder(book.assets);
  const question = { of: 'accounts', where, orderBy: order } as const;
  const place = { block: head.block, hash: hashInCursor(head.hash) };
  return {
    ...{ head, bookHash: book.hash },
    ...connectionOf({
      ...{ most, isFromEnd },
      items: items.map((totals) => accountAnswer(find, accountSummary(book, totals))),
      isAfter: after !== undefined,
      isBefore: before !== undefined,
      cursorOf: (_account, i) => writeCursor(question, { ...place, place: [from + i] }),
      totalCount: () => ranked.length,
    }),
  };
}

function filterOf(book: Book, where: AccountWhere): AccountFilter {
  const { venue, market, owner, asset } = where;
  return {
    venue: typeof venue === 'string' ? checkVenue(venue, book.venues) : undefined,
    owner: owner ?? undefined,
    maxHealthFactor: checkHealth(where.maxHealthFactor),
    minDebtUsd: checkLeast(where.minDebtUsd, 'minDebtUsd'),
    asset: typeof asset === 'string' ? rowOf(book, asset) : undefined,
    market: typeof market === 'string' ? marketOf(book, where) : undefined,
  };
}

function marketOf(book: Book, where: AccountWhere): MarketRow {
  const found = findMarket(book, checkVenue(venueOfMarket(where), book.venues), where.market!);
  if ('problem' in found) throw inputError(`${found.problem}.`);
  return found.row;
}

function rowOf(book: Book, name: string): AssetRow {
  const found = findAsset(book, name);
  if ('problem' in found) throw inputError(found.problem);
  return book.assets.indexOf(found.asset) as AssetRow;
}
