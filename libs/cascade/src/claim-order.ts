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
 * Pay is told apart to five digits (`roundedPay`): of one collateral in one market as much of each account is taken as the market
 * bears, so that they pay the same, and what floats leave must not decide.
 */
export function inOrder(book: Book, quoted: readonly QuotedClaim[]): Claim[] {
  const { accounts, venues } = book;
  const named = quoted.map(({ claim, profitUsd = -Infinity }) => {
    const first = claim.accounts[0]!;
    const name = [venues[accounts.venue[first]!]!.id, accounts.owner[first]!, accounts.market[first]!];
    return { claim, pay: roundedPay(profitUsd), name: name.join('\n') };
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

/** 2³⁶ + 1: what is left of 53 bits are the 17 that five digits need. */
const SPLITTER = 68_719_476_737;

/**
 * A pay rounded to 17 bits, which are five digits. Dekker's splitting (Numerische Mathematik 18, 1971); what is too large or too
 * small for it is left as it is.
 */
export function roundedPay(usd: number): number {
  const scaled = usd * SPLITTER;
  const rounded = scaled - (scaled - usd);
  return Number.isFinite(rounded) ? rounded : usd;
}

const descending = (a: number, b: number) => (a === b ? 0 : b > a ? 1 : -1);
