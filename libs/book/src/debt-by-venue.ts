import type { Coverage } from './coverage.ts';
import type { BookContent } from './file/canonical.ts';
import { ownValues } from './value-account.ts';
import { valueAccounts } from './value-accounts.ts';

/** Stands where accounts are still to be added up. */
const NOT_YET: Coverage = { accounts: 0, modelledDebtUsd: 0, knownDebtUsd: 0, share: 0, gaps: [] };

/**
 * Debt of the accounts of a book by venue row, USD: what `valueAccount` says of each, so that debt is the same wherever it is
 * shown. A short counts at its price, a written option with what must back it.
 */
export function debtByVenue(content: Omit<BookContent, 'coverage'>): Float64Array {
  const { accounts, venues } = content;
  const found = valueAccounts(ownValues({ ...content, coverage: NOT_YET, hash: '' }));
  const debtUsd = new Float64Array(venues.length);
  for (let row = 0; row < accounts.count; row++) debtUsd[accounts.venue[row]!]! += found.debtUsd[row]!;
  return debtUsd;
}

/** The same over all venues. */
export const modelledDebtUsd = (content: Omit<BookContent, 'coverage'>): number =>
  debtByVenue(content).reduce((sum, usd) => sum + usd, 0);
