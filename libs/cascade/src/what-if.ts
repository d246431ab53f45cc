import {
  dueAccounts,
  overrideText,
  ownValues,
  valueAccounts,
  withTerms,
  type Book,
  type TermsOverride,
} from '@undertow/book';
import type { Address, MarketId, VenueId } from '@undertow/market';
import type { EngineKind } from './engine/engine.ts';
import { openEngine } from './engine/open-engine.ts';
import type { CascadeResult } from './result.ts';
import type { Scenario } from './scenario.ts';

/** An account that could not be liquidated before terms were changed, and can be by that alone. */
export interface MadeDue {
  readonly venue: VenueId;
  readonly owner: Address;
  readonly market: MarketId;
  /** At the venue's oracle prices, under the new terms. */
  readonly debtUsd: number;
  readonly healthBefore: number;
  readonly healthAfter: number;
}

/** One scenario under the book's terms and under others. */
export interface WhatIf {
  /** The overrides as a person writes them. */
  readonly overrides: readonly string[];
  /** The book under the other terms. */
  readonly book: Book;
  readonly before: CascadeResult;
  readonly after: CascadeResult;
  /** Accounts that the change of terms alone makes liquidatable, before any shock; largest debt first. */
  readonly madeDue: readonly MadeDue[];
  readonly madeDueUsd: number;
}

/**
 * Runs a scenario under a book's terms and under others, and says whom the change alone would let be liquidated.
 *
 * @throws BadDataError as `withTerms` and `simulate` do.
 */
export function whatIf(
  book: Book,
  overrides: readonly TermsOverride[],
  scenario: Scenario,
  { engine: kind = 'fast' }: { readonly engine?: EngineKind } = {},
): WhatIf {
  const changed = withTerms(book, overrides);
  const madeDue = madeDueBy(book, changed);
  return {
    overrides: overrides.map((override) => overrideText(book, override)),
    book: changed,
    before: openEngine(book, { kind }).tell(scenario),
    after: openEngine(changed, { kind }).tell(scenario),
    madeDue,
    madeDueUsd: madeDue.reduce((sum, { debtUsd }) => sum + debtUsd, 0),
  };
}

/** Accounts that are due under the terms of one book and not under those of the same accounts in another. */
export function madeDueBy(book: Book, changed: Book): MadeDue[] {
  const [valuesBefore, valuesAfter] = [ownValues(book), ownValues(changed)];
  const [before, after] = [valueAccounts(valuesBefore), valueAccounts(valuesAfter)];
  const [wasDue, isDue] = [dueAccounts(valuesBefore, before), dueAccounts(valuesAfter, after)];
  const found: MadeDue[] = [];
  for (let row = 0; row < book.accounts.count; row++) {
    if (isDue[row] === 0 || wasDue[row] === 1) continue;
    found.push({
      venue: book.venues[book.accounts.venue[row]!]!.id,
      owner: book.accounts.owner[row]!,
      market: book.accounts.market[row]!,
      debtUsd: after.debtUsd[row]!,
      healthBefore: before.healthFactor[row]!,
      healthAfter: after.healthFactor[row]!,
    });
  }
  return found.sort((a, b) => b.debtUsd - a.debtUsd);
}
