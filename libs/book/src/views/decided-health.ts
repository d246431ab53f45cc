import { isDue } from '../is-due.ts';
import { mechanisms } from '../mechanisms.ts';
import type { AccountRow } from '../rows.ts';
import type { BookValues } from '../value-account.ts';

/** The largest number below 1. */
const BELOW_ONE = 1 - Number.EPSILON / 2;

/**
 * The health factor of an account on that side of 1 on which its venue's own decision is (`isDue`): below 1 exactly when the
 * account may be liquidated. Where floats say otherwise it is 1, or the number next to it; of an account that is due by a line
 * that its health factor does not know, what that line gives.
 *
 * @param healthFactor as floats give it, see `valueAccount`.
 */
export function decidedHealth(values: BookValues, account: AccountRow, healthFactor: number): number {
  const due = isDue(values, account);
  if (due === healthFactor < 1) return healthFactor;
  if (!due) return 1;
  const { venues, accounts } = values.book;
  const { health } = mechanisms[venues[accounts.venue[account]!]!.mechanism];
  return Math.min(health?.(values, account) ?? BELOW_ONE, BELOW_ONE);
}
