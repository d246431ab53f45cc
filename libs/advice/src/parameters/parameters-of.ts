import {
  legPriceUsd,
  marketTerms,
  mechanisms,
  ownValues,
  venueTerms,
  type Book,
  type MarketRow,
  type MarketTerms,
  type VenueRow,
} from '@undertow/book';
import type { Mechanism } from '@undertow/market';
import { isOfVenue, PARAMETER_KINDS, type Parameter, type ParameterKind } from './parameter.ts';

/** A parameter of a book: what it is now, or why it is none. */
export interface ParameterPlace {
  readonly parameter: Parameter;
  /** What people call the market, or the venue's id. */
  readonly label: string;
  /** As it is; undefined where the book does not know it, or it is not the same for all accounts. */
  readonly current: number | undefined;
  /** Why it is not a parameter here; undefined where it is one. */
  readonly absent: string | undefined;
  readonly venueRow: VenueRow;
  /** Undefined of a whole venue. */
  readonly marketRow: MarketRow | undefined;
}

/** Why a mechanism has no such parameter, where its terms do not have it. */
const ABSENT: Readonly<Record<Mechanism, Partial<Record<ParameterKind, string>>>> = {
  'pooled-lending': {
    maintenanceMargin: 'a loan has a liquidation threshold instead',
    fundSize: 'the venue has no fund: what is lost is written off and left to be covered',
  },
  'isolated-pair': {
    loanToValue: 'the borrowing limit of a pair is its liquidation threshold',
    liquidationBonus: 'the bonus of a pair follows from its liquidation threshold',
    closeFactor: 'one call may repay all that is owed in a pair',
    supplyCap: 'the contract has no caps: who lends sets them',
    borrowCap: 'the contract has no caps: who lends sets them',
    maintenanceMargin: 'a loan has a liquidation threshold instead',
    fundSize: 'the venue has no fund: what is lost is taken off the lenders of the pair',
  },
  cdp: {
    loanToValue: 'a position may be opened up to its liquidation threshold',
    liquidationBonus: 'a liquidator gets a fixed share of the collateral',
    closeFactor: 'a position is liquidated whole',
    supplyCap: 'the contract has no caps',
    borrowCap: 'the contract has no caps',
    maintenanceMargin: 'a position has a liquidation threshold instead',
  },
  perpetual: {
    liquidationThreshold: 'a margin account is held to a maintenance margin instead',
    loanToValue: 'a margin account is held to an initial margin instead',
    liquidationBonus: 'a liquidator gets a part of the liquidation penalty',
    supplyCap: 'what the venue caps of its collateral is not in the book',
    borrowCap: 'the venue caps open interest, which is not in the book',
    closeFactor: 'how much one call may close follows from the account',
  },
  option: Object.fromEntries(
    PARAMETER_KINDS.map((kind) => [kind, 'what a writer must put up follows from the venue’s pricing model']),
  ),
  'money-market': {
    maintenanceMargin: 'a loan has a liquidation threshold instead',
    fundSize: 'the venue has no fund in the book: what is lost stays on accounts',
  },
};

/**
 * Every parameter of a book by venue, market and kind, those that are none with the reason. Markets on which nobody of the book has
 * collateral and in which nobody owes are left out: nothing hangs on their terms.
 */
export function parametersOf(book: Book): ParameterPlace[] {
  const terms = marketTerms(book);
  const owed = owedByMarket(book);
  return book.venues.flatMap((_, venue) => [
    ...book.markets.flatMap((market, row) =>
      market.venue === venue
        ? marketPlaces(book, row as MarketRow, { terms: terms[row]!, isOwed: owed[row]! > 0 })
        : [],
    ),
    ...venuePlaces(book, venue as VenueRow),
  ]);
}

/** What is owed in each market, USD at its venue's oracle prices. */
export function owedByMarket(book: Book): Float64Array {
  const values = ownValues(book);
  const owedUsd = new Float64Array(book.markets.length);
  for (let leg = 0; leg < book.legs.count; leg++)
    if (book.legs.side[leg] === -1)
      owedUsd[book.legs.market[leg]!]! += book.legs.amount[leg]! * legPriceUsd(values, leg);
  return owedUsd;
}

function marketPlaces(
  book: Book,
  row: MarketRow,
  { terms, isOwed }: { readonly terms: MarketTerms; readonly isOwed: boolean },
): ParameterPlace[] {
  const { venue, id, label } = book.markets[row]!;
  const { mechanism, id: venueId } = book.venues[venue]!;
  const isHeld = terms.assets.length > 0;
  const known = mechanisms[mechanism].terms.market;
  return PARAMETER_KINDS.filter((kind) => !isOfVenue(kind)).flatMap((kind): ParameterPlace[] => {
    if (kind === 'borrowCap' ? !isOwed : !isHeld) return [];
    const absent = known.some((field) => field === kind) ? undefined : reasonOf(mechanism, kind);
    const current = terms.terms.find(({ field }) => field === kind)?.value;
    const parameter = { kind, venue: venueId, market: id };
    return [{ parameter, label, current, absent, venueRow: venue, marketRow: row }];
  });
}

function venuePlaces(book: Book, row: VenueRow): ParameterPlace[] {
  const { id, mechanism } = book.venues[row]!;
  if (!book.accounts.venue.includes(row)) return [];
  return PARAMETER_KINDS.filter(isOfVenue).map((kind): ParameterPlace => {
    const at = { parameter: { kind, venue: id, market: '' }, label: id, venueRow: row, marketRow: undefined };
    if (kind === 'fundSize') return { ...at, ...fundOf(book, row) };
    const known = venueTerms(book, row).find(({ field }) => field === kind);
    return { ...at, current: known?.value, absent: known ? undefined : reasonOf(mechanism, kind) };
  });
}

function fundOf(book: Book, row: VenueRow): Pick<ParameterPlace, 'current' | 'absent'> {
  const funds = book.funds.filter(({ venue, kind }) => venue === row && kind !== 'deficit');
  if (funds.length === 0)
    return { current: undefined, absent: reasonOf(book.venues[row]!.mechanism, 'fundSize') };
  const usd = funds.reduce(
    (sum, { amount, oracle }) => sum + Math.max(0, amount * book.oracles[oracle]!.priceUsd),
    0,
  );
  return { current: usd, absent: undefined };
}

const reasonOf = (mechanism: Mechanism, kind: ParameterKind): string =>
  ABSENT[mechanism][kind] ?? 'the book has no such term of this venue';
