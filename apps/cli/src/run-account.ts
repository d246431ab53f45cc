import { ownerAccounts } from '@undertow/book';
import type { Address } from '@undertow/market';
import { accountText } from './account-text.ts';
import { openBook, type BookSource } from './book-source.ts';
import { jsonPieces } from './json-text.ts';
import { printPieces, printReadable } from './print.ts';

export interface AccountOptions extends BookSource {
  readonly json?: boolean;
}

/** Prints everything that an address has at every venue of a book. */
export async function runAccount(address: Address, options: AccountOptions): Promise<void> {
  const { book, ledger } = await openBook(options);
  const accounts = ownerAccounts(book, address, ledger);
  const { chainId, block, hash, coverage } = book;
  if (options.json)
    return printPieces(jsonPieces({ address, chainId, block, bookHash: hash, accounts, coverage }));
  await printReadable(accountText({ address, book, accounts }));
}
