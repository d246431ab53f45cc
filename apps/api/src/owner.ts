import type { Book, Coverage, ExactAccount, ExplainedPrice, Ledger, OwnerAccount } from '@undertow/book';
import { ownerAccounts, withAssetNames, type AccountSummary } from '@undertow/book';
import type { Address } from '@undertow/market';
import { accountAnswer, type AccountAnswer } from './account-answer.ts';
import { assetFinder, withAsset, type FindAsset, type WithAsset } from './asset-answer.ts';

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
    readonly summary: AccountAnswer | undefined;
    readonly exact: ExactAnswer | undefined;
    readonly reason: string | undefined;
  }[];
  readonly coverage: Coverage;
}

/** An exact reading as the schema has it. */
export type ExactAnswer = Omit<ExactAccount, 'liquidationPrices'> & {
  readonly liquidationPrices: readonly WithAsset<ExplainedPrice>[];
};

/** What an address holds and owes at every venue of a book, with exact figures from the ledger behind it. */
export function ownerOf(book: Book, address: Address, ledger: Ledger): Owner {
  const accounts = ownerAccounts(book, address, ledger);
  const find = assetFinder(withAssetNames(ledger).reference.assets.values());
  const summaries = accounts.flatMap(({ summary }) => summary ?? []);
  const sum = (value: (summary: AccountSummary) => number) =>
    summaries.reduce((total, summary) => total + value(summary), 0);
  return {
    address,
    collateralUsd: sum(({ collateralUsd }) => collateralUsd),
    debtUsd: sum(({ debtUsd }) => debtUsd),
    lowestHealthFactor:
      summaries.length > 0 ? Math.min(...summaries.map(({ healthFactor }) => healthFactor)) : undefined,
    accounts: accounts.map((account) => ownerAccountAnswer(find, account)),
    coverage: book.coverage,
  };
}

function ownerAccountAnswer(
  find: FindAsset,
  { venue, summary, exact, ...account }: OwnerAccount,
): Owner['accounts'][number] {
  return {
    ...account,
    ...{ venue: venue.id, mechanism: venue.mechanism, version: venue.version },
    summary: summary && accountAnswer(find, summary),
    exact: exact && { ...exact, liquidationPrices: exact.liquidationPrices.map(withAsset(find)) },
  };
}
