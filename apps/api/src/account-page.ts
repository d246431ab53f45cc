import { accountSummary, findAsset, type AssetRow, type Book } from '@undertow/book';
import { accountAnswer, type AccountAnswer } from './account-answer.ts';
import { assetFinder } from './asset-answer.ts';
import { connectionOf, type Connection } from './connection/connection.ts';
import { hashInCursor, writeCursor } from './connection/cursor.ts';
import { inputError } from './errors.ts';
import { checkFirst, checkHealth, checkLeast, checkVenue } from './input.ts';
import { rankAccounts, type AccountFilter, type AccountOrder } from './rank-accounts.ts';
import type { BookAtHead, Head } from './shown.ts';

/** The arguments of a page of accounts. */
export interface AccountsAsked {
  readonly first: number | null;
  readonly after?: string | null;
  readonly where?: AccountWhere | null;
  readonly orderBy?: AccountOrder | null;
  readonly block?: number | null;
}

/** Which accounts, as a client writes it. */
export interface AccountWhere {
  readonly venue?: string | null;
  readonly owner?: string | null;
  readonly maxHealthFactor?: number | null;
  readonly minDebtUsd?: number | null;
  readonly asset?: string | null;
}

export type AccountPage = Connection<AccountAnswer> & { readonly head: Head; readonly bookHash: string };

/** The accounts of a book that match, from the one after a place in their order; throws a GraphQLError that says what is wrong. */
export function accountPage(
  { book, head }: BookAtHead,
  { first, where, orderBy }: Omit<AccountsAsked, 'after' | 'block'>,
  after: number | undefined,
): AccountPage {
  const length = checkFirst(first);
  const order = orderBy ?? 'health';
  const ranked = rankAccounts(book, order, filterOf(book, where ?? {}));
  const start = after === undefined ? 0 : after + 1;
  const find = assetFinder(book.assets);
  const question = { of: 'accounts', where, orderBy: order } as const;
  const place = { block: head.block, hash: hashInCursor(head.hash) };
  return {
    ...{ head, bookHash: book.hash },
    ...connectionOf({
      first: length,
      items: ranked
        .slice(start, start + length + 1)
        .map((totals) => accountAnswer(find, accountSummary(book, totals))),
      isLater: after !== undefined,
      cursorOf: (_account, i) => writeCursor(question, { ...place, place: [start + i] }),
      totalCount: () => ranked.length,
    }),
  };
}

function filterOf(book: Book, where: AccountWhere): AccountFilter {
  const { venue, owner, asset } = where;
  return {
    venue: typeof venue === 'string' ? checkVenue(venue, book.venues) : undefined,
    owner: owner ?? undefined,
    maxHealthFactor: checkHealth(where.maxHealthFactor),
    minDebtUsd: checkLeast(where.minDebtUsd, 'minDebtUsd'),
    asset: typeof asset === 'string' ? rowOf(book, asset) : undefined,
  };
}

function rowOf(book: Book, name: string): AssetRow {
  const found = findAsset(book, name);
  if ('problem' in found) throw inputError(found.problem);
  return book.assets.indexOf(found.asset) as AssetRow;
}
