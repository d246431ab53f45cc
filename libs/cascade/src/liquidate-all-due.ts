import type { AccountRow, Book } from '@undertow/book';
import { assert } from '@undertow/units';
import type { Liquidation, Rule, View } from './rule.ts';
import { ruleOf } from './rules.ts';

/** Decides about all accounts at the same prices before any of them is touched. */
export function liquidateAllDue(view: View, rules: readonly (Rule | undefined)[]): Liquidation[] {
  const { accounts } = view.book;
  const due: AccountRow[][] = rules.map(() => []);
  for (let row = 0; row < accounts.count; row++) {
    const venue = accounts.venue[row]!;
    const rule = rules[venue];
    assert(rule, 'every venue with accounts has a rule');
    if (rule.isDue(view, row as AccountRow)) due[venue]!.push(row as AccountRow);
  }
  return rules.flatMap((rule, venue) => rule?.liquidate(view, due[venue]!) ?? []);
}

/** The rule of each venue; only those that have accounts need one. */
export function rulesOf(book: Book): (Rule | undefined)[] {
  const used = new Set(book.accounts.venue);
  return book.venues.map((venue, row) => (used.has(row) ? ruleOf(venue) : undefined));
}
