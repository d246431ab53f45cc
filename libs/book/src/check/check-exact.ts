import type { Mechanism } from '@undertow/market';
import type { BookContent } from '../file/canonical.ts';
import type { StateRange } from '../mechanism-book.ts';
import { mechanisms } from '../mechanisms.ts';
import type { AccountRow } from '../rows.ts';
import { must } from './must.ts';

/**
 * Checks what the exact maths of each mechanism is given: states as long and with such integers as the mechanism writes, in
 * markets of the account's own venue, and legs of the roles that it looks for.
 *
 * @throws BadDataError that names the row.
 */
export function checkExact(book: BookContent): void {
  const { accounts, legs, markets, venues, exact } = book;
  for (const [row, state] of exact.marketState.entries()) {
    const { mechanism } = venues[markets[row]!.venue]!;
    const ranges = mechanisms[mechanism].check.marketState(state, book.time);
    checkState(`exact.marketState[${row}]`, state, ranges);
  }
  for (const [row, state] of exact.accountState.entries()) {
    const venue = accounts.venue[row]!;
    for (let leg = accounts.legStart[row]!; leg < accounts.legStart[row + 1]!; leg++)
      must(
        markets[legs.market[leg]!]!.venue === venue && markets[legs.termsMarket[leg]!]!.venue === venue,
        `legs.market[${leg}] and its terms must be of the account's own venue`,
      );
    const { check } = mechanisms[venues[venue]!.mechanism];
    const flaw = check.legFlaw(book, row as AccountRow);
    must(flaw === undefined, flaw ?? '');
    checkState(`exact.accountState[${row}]`, state, check.accountState(book, row as AccountRow));
  }
}

/** Whether a market's state at a time (unix seconds) is one that its mechanism can have: see `soundAccounts`. */
export function isSoundState(mechanism: Mechanism, state: readonly bigint[], time: number): boolean {
  const ranges = mechanisms[mechanism].check.marketState(state, time);
  return (
    state.length === ranges.length &&
    ranges.every(([, least, most], place) => state[place]! >= least && state[place]! <= most)
  );
}

function checkState(name: string, state: readonly bigint[], ranges: readonly StateRange[]): void {
  must(
    state.length === ranges.length,
    `${name} must have as many integers as its mechanism writes, ${ranges.length}, but has ${state.length}`,
  );
  for (const [place, [what, least, most]] of ranges.entries())
    must(
      state[place]! >= least && state[place]! <= most,
      `${name}[${place}] (${what}) must be from ${least} to ${most}`,
    );
}
