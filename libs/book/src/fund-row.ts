import type { FundKind } from '@undertow/market';
import type { Book } from './book.ts';
import type { AccountRow, AssetRow, FundRow } from './rows.ts';

/** The fund of a kind at the venue of an account, in an asset where one is named; undefined where the book has none. */
export function fundRow(
  { funds, accounts }: Pick<Book, 'funds' | 'accounts'>,
  account: AccountRow,
  of: { readonly kind: FundKind; readonly asset?: AssetRow },
): FundRow | undefined {
  const venue = accounts.venue[account]!;
  const row = funds.findIndex(
    (fund) =>
      fund.venue === venue && fund.kind === of.kind && (of.asset === undefined || fund.asset === of.asset),
  );
  return row === -1 ? undefined : (row as FundRow);
}
