import { parameterKey, type Parameter, type ParameterKind, type ParameterPlace } from '@undertow/advice';
import { marketTerms, type Book } from '@undertow/book';
import { BadDataError } from '@undertow/units';

/** Which parameters are asked about; what is left out is all of it. */
export interface AdviceWanted {
  readonly venue?: string | undefined;
  /** A market by its label or id, or all markets of an asset by its symbol, in any case. */
  readonly market?: string | undefined;
  readonly kinds?: readonly ParameterKind[] | undefined;
  readonly parameters?: readonly Parameter[] | undefined;
}

/**
 * The parameters that are meant, in their order.
 *
 * @throws BadDataError where none is, with what the book has.
 */
export function wantedPlaces(
  book: Book,
  places: readonly ParameterPlace[],
  { venue, market, kinds, parameters }: AdviceWanted,
): ParameterPlace[] {
  const keys = parameters && new Set(parameters.map(parameterKey));
  const names = market === undefined ? undefined : namesOf(book);
  const isMarket = ({ marketRow }: ParameterPlace) =>
    names === undefined || (marketRow !== undefined && names[marketRow]!.has((market ?? '').toLowerCase()));
  const found = places.filter(
    (place) =>
      (venue === undefined || place.parameter.venue === venue) &&
      (kinds === undefined || kinds.includes(place.parameter.kind)) &&
      (keys === undefined || keys.has(parameterKey(place.parameter))) &&
      isMarket(place),
  );
  if (found.length > 0) return found;
  throw new BadDataError(`nothing of the book is meant: ${knownWords(book, places, { venue, market })}`);
}

/** By market, what it is called, in lower case: its label, its id, and the symbols of what is held on its terms. */
function namesOf(book: Book): ReadonlySet<string>[] {
  return marketTerms(book).map(({ assets }, row) => {
    const { label, id } = book.markets[row]!;
    return new Set([label, id, ...assets.map(({ symbol }) => symbol)].map((name) => name.toLowerCase()));
  });
}

function knownWords(
  book: Book,
  places: readonly ParameterPlace[],
  { venue, market }: Pick<AdviceWanted, 'venue' | 'market'>,
): string {
  const venues = [...new Set(places.map(({ parameter }) => parameter.venue))];
  if (venue !== undefined && !venues.some((one) => one === venue))
    return `there is no venue ${venue} with accounts that owe; there are ${venues.join(', ')}`;
  if (market === undefined) return 'there is no such parameter';
  const labels = places.flatMap(({ parameter, label, marketRow }) =>
    marketRow !== undefined && (venue === undefined || parameter.venue === venue) ? [label] : [],
  );
  return `there is no market ${market} with such a parameter; there are ${[...new Set(labels)].slice(0, MOST_NAMED).join(', ')}`;
}

const MOST_NAMED = 30;
