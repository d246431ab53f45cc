import type { Book } from './book.ts';
import type { AccountRow } from './rows.ts';
import { valueAccount, type BookValues } from './value-account.ts';

/** What every account is worth, by account row. */
export interface AccountValues {
  /** See `AccountValue`. */
  readonly healthFactor: Float64Array;
  readonly collateralUsd: Float64Array;
  readonly debtUsd: Float64Array;
}

/**
 * Values all accounts in one pass over the columns: to the last bit what `valueAccount` says of each, and faster, as nothing is asked
 * account by account. Near 1, `dueAccounts` has the last word.
 *
 * @param into where the values are written, to spare new columns: those of a million accounts take as long to get as to fill.
 */
export function valueAccounts(
  values: BookValues,
  into: AccountValues = emptyValues(values.book.accounts.count),
): AccountValues {
  const { amount, oraclePriceUsd, book } = values;
  const { count, legStart, venue } = book.accounts;
  const { oracle, side, liquidationThreshold, maintenanceMargin } = book.legs;
  const isFloored = flooredVenues(book);
  const { healthFactor, collateralUsd: collaterals, debtUsd: debts } = into;
  let leg = 0;
  for (let account = 0; account < count; account++) {
    const end = legStart[account + 1]!;
    let collateralUsd = 0;
    let weightedUsd = 0;
    let debtUsd = 0;
    let backedUsd = 0;
    for (; leg < end; leg++) {
      const valueUsd = amount[leg]! * oraclePriceUsd[oracle[leg]!]!;
      const threshold = liquidationThreshold[leg]!;
      if (side[leg] === -1) {
        debtUsd += valueUsd;
        backedUsd += valueUsd * (1 + maintenanceMargin[leg]!);
      } else if (threshold > 0) {
        collateralUsd += valueUsd;
        weightedUsd += valueUsd * threshold;
      }
    }
    if (isFloored[venue[account]!] === 1 && collateralUsd > 0)
      weightedUsd = (collateralUsd * Math.floor((weightedUsd / collateralUsd) * 10_000 + 1e-9)) / 10_000;
    healthFactor[account] = backedUsd > 0 ? weightedUsd / backedUsd : Infinity;
    collaterals[account] = collateralUsd;
    debts[account] = debtUsd;
  }
  if (book.instruments.length > 0) valueOptionAccounts(values, into);
  return into;
}

const emptyValues = (count: number): AccountValues => ({
  healthFactor: new Float64Array(count),
  collateralUsd: new Float64Array(count),
  debtUsd: new Float64Array(count),
});

/** Values accounts with options anew: the price of an option is read off its table, for which the pass over all has no time. */
function valueOptionAccounts(values: BookValues, found: AccountValues): void {
  const { accounts, legs } = values.book;
  let account = 0;
  for (let leg = 0; leg < legs.count; leg++) {
    if (legs.instrument[leg] === -1) continue;
    while (accounts.legStart[account + 1]! <= leg) account += 1;
    const { healthFactor, collateralUsd, debtUsd } = valueAccount(values, account as AccountRow);
    found.healthFactor[account] = healthFactor;
    found.collateralUsd[account] = collateralUsd;
    found.debtUsd[account] = debtUsd;
  }
}

/** By venue row: 1 = it floors the average threshold of an account, as `valueAccount` says. */
const flooredVenues = ({ venues }: Book): Uint8Array =>
  Uint8Array.from(venues, ({ rule }) =>
    Number(rule?.kernel === 'repay-and-seize' && rule.floorsAverageThreshold),
  );
