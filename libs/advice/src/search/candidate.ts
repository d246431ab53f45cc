import {
  contentWithTerms,
  legPriceUsd,
  ownValues,
  valueAccount,
  withScaledLegs,
  type AccountRow,
  type Book,
  type BookContent,
  type MarketTerm,
  type TermsOverride,
  type VenueTerm,
} from '@undertow/book';
import { settled, type Scenario, type Settled } from '@undertow/cascade';
import type { ParameterPlace } from '../parameters/parameters-of.ts';
import { keepsHealth, keepsUse, timesAccounts, type Behaviour } from './borrowing.ts';

/** A book as it would be under another value of one parameter. */
export interface Candidate {
  readonly book: Book;
  /** What is owed on the market, USD at the present prices, of which a tolerance may be a share. */
  readonly debtUsd: number;
  /** What is lost at once, before any scenario, where nobody pays back whom the value makes liquidatable. */
  readonly atOnce?: LostAtOnce | undefined;
}

/** USD that are lost before a scenario comes, and in each. */
export type LostAtOnce = Pick<Settled, 'lossUsd' | 'venueLossUsd'>;

/** What a value is tried on. */
export interface CandidateOf {
  readonly book: Book;
  readonly place: ParameterPlace;
  readonly behaviour: Behaviour;
  /** Of caps: units that are supplied or borrowed now, which grow to the cap. */
  readonly usedUnits?: number | undefined;
  /** How liquidators behave who act before a scenario comes. Default: as in a scenario that names none. */
  readonly policies?: Scenario['policies'] | undefined;
}

/**
 * The book under another value, with owners who behave as it is asked: under `keep-health` debts (positions) follow a threshold or a
 * maintenance margin, and the used share of the limit a loan-to-value; under a cap the market is filled up to it by owners like
 * those who are there, whatever the behaviour. Under `keep-debt` liquidators deal at the present prices with whom a line makes
 * liquidatable, and what is lost by that counts.
 *
 * @throws BadDataError as `withTerms`.
 */
export function candidateOf(
  { book, place, behaviour, usedUnits, policies }: CandidateOf,
  value: number,
): Candidate {
  const override = overrideOf(place, value);
  const changed = override ? contentWithTerms(book, [override]) : book;
  const factor = factorOf({ book, place, behaviour, usedUnits }, { changed, value });
  const content = factor.every((times) => times === 1) ? changed : withScaledLegs(changed, factor);
  const debtUsd = debtOn(content, place);
  if (behaviour !== 'keep-debt' || !isLine(place)) return { book: tried(book, content), debtUsd };
  return { debtUsd, ...leftToLiquidators(tried(book, content), policies) };
}

/** A book after liquidators have dealt, at the present prices, with whom its terms make liquidatable, and what was lost by that. */
export function leftToLiquidators(
  book: Book,
  policies: CandidateOf['policies'],
): Required<Pick<Candidate, 'book' | 'atOnce'>> {
  const { book: after, ...atOnce } = settled(book, policies);
  return { book: after, atOnce };
}

/** Whether a parameter is a line at which accounts are liquidated, so that it alone makes some of them due. */
export const isLine = ({ parameter: { kind } }: Pick<ParameterPlace, 'parameter'>): boolean =>
  kind === 'liquidationThreshold' || kind === 'maintenanceMargin';

/** The book with only its terms changed: everybody stays as they are. */
export function withValue(book: Book, place: ParameterPlace, value: number): Book {
  const override = overrideOf(place, value);
  return override ? tried(book, contentWithTerms(book, [override])) : book;
}

/** A book that is only tried: it is never kept or sent, and hashing a large one takes as long as running it. */
function tried(book: Book, content: BookContent): Book {
  return content === book ? book : { ...content, hash: '' };
}

/** The change of terms; undefined of a fund, whose size is no term. */
export function overrideOf({ parameter }: ParameterPlace, value: number): TermsOverride | undefined {
  const { kind, venue, market } = parameter;
  if (kind === 'fundSize') return undefined;
  return market === ''
    ? { kind: 'venue', venue, field: kind as VenueTerm, value }
    : { kind: 'market', venue, market, field: kind as MarketTerm, value };
}

function factorOf(
  { book, place, behaviour, usedUnits }: CandidateOf,
  { changed, value }: { readonly changed: BookContent; readonly value: number },
): Float64Array {
  const { kind } = place.parameter;
  const same = () => new Float64Array(book.legs.count).fill(1);
  if (kind === 'supplyCap' || kind === 'borrowCap') {
    const side = kind === 'supplyCap' ? 1 : -1;
    const { market, side: sides } = book.legs;
    const isMeant = (leg: number) => market[leg] === place.marketRow && sides[leg] === side;
    return usedUnits ? timesAccounts(book, isMeant, value / usedUnits) : same();
  }
  if (behaviour === 'keep-debt') return same();
  if (kind === 'liquidationThreshold' || kind === 'maintenanceMargin') return keepsHealth(book, changed);
  return kind === 'loanToValue' ? keepsUse(book, changed) : same();
}

/** Units that accounts of the book supply as collateral to a market, or borrow from it. */
export function usedUnitsOf({ legs }: BookContent, { parameter, marketRow }: ParameterPlace): number {
  const side = parameter.kind === 'borrowCap' ? -1 : 1;
  let units = 0;
  for (let leg = 0; leg < legs.count; leg++)
    if (legs.market[leg] === marketRow && legs.side[leg] === side) units += legs.amount[leg]!;
  return units;
}

/**
 * What is owed on a market, USD at the venue's oracle prices: of each account its debt, by the share of its weighted collateral that is on
 * the market's terms; of a borrow cap what is owed in the market; of a venue's parameter all debt there.
 */
export function debtOn(content: BookContent, { parameter, marketRow, venueRow }: ParameterPlace): number {
  const { accounts, legs } = content;
  const values = ownValues({ ...content, hash: '' });
  let sum = 0;
  for (let account = 0; account < accounts.count; account++) {
    if (accounts.venue[account] !== venueRow) continue;
    if (marketRow === undefined) {
      sum += valueAccount(values, account as AccountRow).debtUsd;
      continue;
    }
    let [on, held, owed] = [0, 0, 0];
    for (let leg = accounts.legStart[account]!; leg < accounts.legStart[account + 1]!; leg++) {
      const usd = legs.amount[leg]! * legPriceUsd(values, leg);
      if (legs.side[leg] === -1) {
        if (parameter.kind !== 'borrowCap' || legs.market[leg] === marketRow) owed += usd;
        continue;
      }
      held += usd * legs.liquidationThreshold[leg]!;
      if (legs.termsMarket[leg] === marketRow) on += usd * legs.liquidationThreshold[leg]!;
    }
    if (parameter.kind === 'borrowCap') sum += owed;
    else if (held > 0) sum += (owed * on) / held;
  }
  return sum;
}

/**
 * What can be borrowed against a market under a value, USD at the present prices: collateral on its terms × threshold (of a loan-to-value
 * × that); of a supply cap what it lets in × threshold; of a borrow cap what it lets out; of a maintenance margin the positions
 * that the venue's collateral could carry. Undefined of what does not limit borrowing.
 */
export function borrowingPowerOf(book: Book, place: ParameterPlace, value: number): number | undefined {
  const { kind } = place.parameter;
  const { legs, accounts } = book;
  const values = ownValues(book);
  let [usd, weightedUsd, units] = [0, 0, 0];
  for (let account = 0; account < accounts.count; account++) {
    if (accounts.venue[account] !== place.venueRow) continue;
    for (let leg = accounts.legStart[account]!; leg < accounts.legStart[account + 1]!; leg++) {
      const isOn =
        kind === 'maintenanceMargin'
          ? legs.side[leg] === 1 && legs.maintenanceMargin[leg] === 0
          : kind === 'borrowCap'
            ? legs.side[leg] === -1 && legs.market[leg] === place.marketRow
            : legs.side[leg] === 1 && legs.termsMarket[leg] === place.marketRow;
      if (!isOn) continue;
      const worth = legs.amount[leg]! * legPriceUsd(values, leg);
      usd += worth;
      weightedUsd += worth * legs.liquidationThreshold[leg]!;
      units += legs.amount[leg]!;
    }
  }
  if (kind === 'liquidationThreshold' || kind === 'loanToValue') return usd * value;
  if (kind === 'maintenanceMargin') return value > 0 ? usd / value : undefined;
  if (kind === 'supplyCap') return units > 0 ? (value * weightedUsd) / units : undefined;
  return kind === 'borrowCap' && units > 0 ? (value * usd) / units : undefined;
}
