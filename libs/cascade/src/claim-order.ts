import { compareText, type Book } from '@undertow/book';
import type { Claim } from './kernel.ts';

/** A claim, and what it would pay at the start of a round; undefined when it would not pay. */
export interface QuotedClaim {
  readonly claim: Claim;
  readonly profitUsd: number | undefined;
}

/**
 * Claims in the order in which liquidators go for them: the best paid first, then the lowest health factor, then by venue, owner
 * and market. Claims that would not pay come last: others may make them pay by moving the market.
 *
 * Pay is told apart to five digits, as a share of the largest: of one collateral in one market as much of each account is taken
 * as the market bears, so that they pay the same, and what floats leave must not decide.
 */
export function inOrder(book: Book, quoted: readonly QuotedClaim[]): Claim[] {
  const { accounts, venues } = book;
  const largest = quoted.reduce((most, { profitUsd = 0 }) => Math.max(most, Math.abs(profitUsd)), 0) || 1;
  const named = quoted.map(({ claim, profitUsd = -Infinity }) => {
    const first = claim.accounts[0]!;
    const name = [venues[accounts.venue[first]!]!.id, accounts.owner[first]!, accounts.market[first]!];
    return { claim, pay: Number((profitUsd / largest).toPrecision(5)), name: name.join('\n') };
  });
  return named
    .sort(
      (a, b) =>
        descending(a.pay, b.pay) ||
        a.claim.healthFactor - b.claim.healthFactor ||
        compareText(a.name, b.name),
    )
    .map(({ claim }) => claim);
}

const descending = (a: number, b: number) => (a === b ? 0 : b > a ? 1 : -1);
