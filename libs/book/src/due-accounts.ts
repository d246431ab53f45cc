import { isDue } from './is-due.ts';
import { mechanisms } from './mechanisms.ts';
import type { AccountRow } from './rows.ts';
import type { BookValues } from './value-account.ts';
import { valueAccounts, type AccountValues } from './value-accounts.ts';

/** Health factors this far from 1 are beyond the band of every mechanism (`NearLine.band`), but for rounding. */
const BEYOND_BANDS = 0.01;

/**
 * `isDue` of every account, by row; 1 = its venue lets it be liquidated. Only of accounts near their line, and of those whose venue
 * measures by more than a health factor, is the venue's decision asked for.
 *
 * @param of what `valueAccounts` says at these values.
 */
export function dueAccounts(values: BookValues, of: AccountValues = valueAccounts(values)): Uint8Array {
  const { accounts, venues } = values.book;
  const hasOneLine = Uint8Array.from(venues, ({ mechanism }) =>
    Number(mechanisms[mechanism].health === undefined),
  );
  const roundingUsd = greatestRoundingUsd(values);
  const due = new Uint8Array(accounts.count);
  for (let row = 0; row < accounts.count; row++) {
    const healthFactor = of.healthFactor[row]!;
    const legs = accounts.legStart[row + 1]! - accounts.legStart[row]!;
    const band = BEYOND_BANDS + (roundingUsd * (1 + legs)) / of.debtUsd[row]!;
    const isFar = hasOneLine[accounts.venue[row]!] === 1 && Math.abs(healthFactor - 1) >= band;
    due[row] = Number(isFar ? healthFactor < 1 : isDue(values, row as AccountRow));
  }
  return due;
}

/** What no leg's share of `roundingUsd` is above, nor the part of an account itself. */
function greatestRoundingUsd({ book, oraclePriceUsd }: BookValues): number {
  const ofUnit = book.oracles.map(
    ({ asset }, row) => oraclePriceUsd[row]! / 10 ** book.assets[asset]!.decimals,
  );
  return ofUnit.reduce((most, usd) => Math.max(most, usd), 1e-5);
}
