import { legPriceUsd, ownValues, roleCode, type Book, type BookContent } from '@undertow/book';

/**
 * What owners do when terms change.
 *
 * - `keep-health`: who may borrow more does, and who may borrow less owes less, until everybody stands as far from the line as before.
 *   It is the behaviour in which a higher threshold has a price, and the default.
 * - `keep-debt`: nobody pays back and nobody borrows more. Whom a threshold makes liquidatable is liquidated at once, at the present prices,
 *   before a scenario comes, and what is lost by that counts in every scenario.
 */
export const BEHAVIOURS = ['keep-health', 'keep-debt'] as const;
export type Behaviour = (typeof BEHAVIOURS)[number];

/** No owner's debt grows by more than this: beyond it the line is so near that the ratio means nothing. */
const MOST_TIMES = 100;

const [BASE, NOTIONAL] = [roleCode('base'), roleCode('notional')];

/**
 * By leg, how many times as much everybody owes, or has in positions, who stands at the same health factor under the other terms:
 * debts of loans and of positions with collateral, positions (base and notional) of margin accounts.
 *
 * From h = (K⁺ + g X) ÷ (K⁻ + g Y), with what grows (X held, Y owed) and what does not (K), each at its terms:
 * g = (K⁺ − h K⁻) ÷ (h Y − X). 1 where nothing can keep the health: no debt, or nothing that backs it.
 */
export function keepsHealth(book: Book, changed: BookContent): Float64Array {
  const factor = new Float64Array(book.legs.count).fill(1);
  const values = ownValues(book);
  for (let account = 0; account < book.accounts.count; account++) {
    const [first, end] = [book.accounts.legStart[account]!, book.accounts.legStart[account + 1]!];
    if (!isChanged(book, changed, { first, end })) continue;
    const before = backingOf(book, values, { first, end });
    const after = backingOf(changed, values, { first, end });
    const health = (before.held + before.grownHeld) / (before.owed + before.grownOwed);
    const times = (after.held - health * after.owed) / (health * after.grownOwed - after.grownHeld);
    if (!(times >= 0 && Number.isFinite(times))) continue;
    for (let leg = first; leg < end; leg++) if (isGrown(book, leg)) factor[leg] = Math.min(MOST_TIMES, times);
  }
  return factor;
}

interface Legs {
  readonly first: number;
  readonly end: number;
}

function isChanged({ legs: a }: Book, { legs: b }: BookContent, { first, end }: Legs): boolean {
  for (let leg = first; leg < end; leg++)
    if (
      a.liquidationThreshold[leg] !== b.liquidationThreshold[leg] ||
      a.maintenanceMargin[leg] !== b.maintenanceMargin[leg]
    )
      return true;
  return false;
}

/** What an owner changes in its account: its debts, or its positions where it has some. */
function isGrown({ legs }: Pick<BookContent, 'legs'>, leg: number): boolean {
  const role = legs.role[leg]!;
  return role === BASE || role === NOTIONAL || role === roleCode('debt');
}

/** What backs an account and what must be backed, USD at the terms of a book, as in `valueAccount`. */
function backingOf(
  book: BookContent,
  values: ReturnType<typeof ownValues>,
  { first, end }: Legs,
): Record<'held' | 'owed' | 'grownHeld' | 'grownOwed', number> {
  const { legs } = book;
  const sums = { held: 0, owed: 0, grownHeld: 0, grownOwed: 0 };
  for (let leg = first; leg < end; leg++) {
    const usd = legs.amount[leg]! * legPriceUsd(values, leg);
    const grows = isGrown(book, leg);
    if (legs.side[leg] === -1) sums[grows ? 'grownOwed' : 'owed'] += usd * (1 + legs.maintenanceMargin[leg]!);
    else sums[grows ? 'grownHeld' : 'held'] += usd * legs.liquidationThreshold[leg]!;
  }
  return sums;
}

/**
 * By leg, how many times as much everybody owes who uses the same share of another borrowing limit. Who owes more than the old limit
 * already (prices have moved) borrows only what the new one lets them, and repays nothing.
 */
export function keepsUse(book: Book, changed: BookContent): Float64Array {
  const factor = new Float64Array(book.legs.count).fill(1);
  const values = ownValues(book);
  const { accounts, legs } = book;
  for (let account = 0; account < accounts.count; account++) {
    const [first, end] = [accounts.legStart[account]!, accounts.legStart[account + 1]!];
    let [before, after, debt] = [0, 0, 0];
    for (let leg = first; leg < end; leg++) {
      const usd = legs.amount[leg]! * legPriceUsd(values, leg);
      if (legs.side[leg] === -1) debt += usd;
      before += usd * legs.loanToValue[leg]!;
      after += usd * changed.legs.loanToValue[leg]!;
    }
    if (before === after || !(before > 0 && debt > 0)) continue;
    const times = debt <= before ? after / before : Math.max(1, after / debt);
    for (let leg = first; leg < end; leg++) if (legs.side[leg] === -1) factor[leg] = times;
  }
  return factor;
}

/** By leg, so many times all that accounts have with a leg that is meant: the market is filled by owners like those who are there. */
export function timesAccounts(
  { accounts, legs }: Book,
  isMeant: (leg: number) => boolean,
  times: number,
): Float64Array {
  const factor = new Float64Array(legs.count).fill(1);
  for (let account = 0; account < accounts.count; account++) {
    const [first, end] = [accounts.legStart[account]!, accounts.legStart[account + 1]!];
    for (let leg = first; leg < end; leg++) {
      if (!isMeant(leg)) continue;
      factor.fill(times, first, end);
      break;
    }
  }
  return factor;
}
