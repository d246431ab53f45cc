import type { AccountRow } from './rows.ts';
import { roundingUsd, valueAccount, type BookValues } from './value-account.ts';

/** How a mechanism decides near its line. */
export interface NearLine {
  /** Health factors this near to 1 are not left to floats. */
  readonly band: number;
  /** The venue's own decision in integers, with its own rounding, at raw answers of oracles. */
  readonly isDueExact: (values: BookValues, account: AccountRow) => boolean;
}

/**
 * Whether an account whose venue goes by a health factor may be liquidated: floats decide away from the line, the venue's own
 * integers near it, as long as the account's amounts are still those integers. Who owes nothing never is.
 */
export function isDueByHealth(values: BookValues, account: AccountRow, near: NearLine): boolean {
  const { healthFactor, debtUsd } = valueAccount(values, account);
  if (debtUsd <= 0) return false;
  if (values.isTouched[account] === 1) return healthFactor < 1;
  const band = near.band + roundingUsd(values, account) / debtUsd;
  return Math.abs(healthFactor - 1) < band ? near.isDueExact(values, account) : healthFactor < 1;
}
