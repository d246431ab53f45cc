import type { Book, Coverage, ExactAccount, Ledger, OwnerAccount } from '@undertow/book';
import { ownerAccounts, type AccountSummary } from '@undertow/book';
import type { Address } from '@undertow/market';

/** One address over all venues, as the schema has it. */
export interface Owner {
  readonly address: Address;
  readonly collateralUsd: number;
  readonly debtUsd: number;
  readonly lowestHealthFactor: number | undefined;
  readonly accounts: readonly {
    readonly venue: string;
    readonly mechanism: string;
    readonly version: string;
    readonly market: string;
    readonly summary: AccountSummary | undefined;
    readonly exact: ExactAccount | undefined;
    readonly reason: string | undefined;
  }[];
  readonly coverage: Coverage;
}

/** What an address holds and owes at every venue of a book, with exact figures from the ledger behind it. */
export function ownerOf(book: Book, address: Address, ledger: Ledger): Owner {
  const accounts = ownerAccounts(book, address, ledger);
  const summaries = accounts.flatMap(({ summary }) => summary ?? []);
  const sum = (value: (summary: AccountSummary) => number) =>
    summaries.reduce((total, summary) => total + value(summary), 0);
  return {
    address,
    collateralUsd: sum(({ collateralUsd }) => collateralUsd),
    debtUsd: sum(({ debtUsd }) => debtUsd),
    lowestHealthFactor:
      summaries.length > 0 ? Math.min(...summaries.map(({ healthFactor }) => healthFactor)) : undefined,
    accounts: accounts.map(flatVenue),
    coverage: book.coverage,
  };
}

function flatVenue({ venue, ...account }: OwnerAccount): Owner['accounts'][number] {
  return { ...account, venue: venue.id, mechanism: venue.mechanism, version: venue.version };
}
