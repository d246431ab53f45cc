import { inputError } from './errors.ts';

/** Default columns of the heatmap: falls, the smallest first, then rises. */
export const DEFAULT_MOVES: readonly number[] = [
  ...[-0.05, -0.1, -0.15, -0.2, -0.25, -0.3, -0.4, -0.5, -0.6],
  ...[0.1, 0.2, 0.3, 0.5],
];
/** Columns of a heatmap or of reproduction numbers. */
export const MOST_COLUMNS = 40;
/** A rise of more than a thousandfold is a typing error. */
const LARGEST_RISE = 1_000;

/** A move above -1 (-100 %), named in the message by what it is of. */
export function checkMove(move: number, of: string): number {
  if (move > -1 && move <= LARGEST_RISE) return move;
  const why = move <= -1 ? 'nothing falls by all of its price or more' : '0.5 means half as much again';
  throw inputError(
    `${of} is ${move}; it must be above -1 and at most ${LARGEST_RISE}: ${why}, and -0.2 means 20 % down.`,
  );
}

/** Moves of a heatmap, checked: 1 to 40 of them, each above -1 and not 0, in the order given without repeats. */
export function checkColumns(moves: readonly number[] | null | undefined): readonly number[] {
  if (moves === null || moves === undefined) return DEFAULT_MOVES;
  checkCount('moves', moves);
  for (const move of moves) {
    checkMove(move, 'A move');
    if (move === 0) throw inputError('A move is 0: nothing moves by that; leave it out.');
  }
  return [...new Set(moves)];
}

function checkCount(name: string, { length }: readonly number[]): void {
  if (length === 0) throw inputError(`${name} is empty: name at least one, or leave it out.`);
  if (length > MOST_COLUMNS)
    throw inputError(`${name} has ${length} entries; at most ${MOST_COLUMNS} are allowed.`);
}

/** A reproduction number is measured over one further percent. Where no moves are named, these are all of them to 60 % down. */
export const DEFAULT_FALLS: readonly number[] = Array.from({ length: 60 }, (_, i) =>
  i === 0 ? 0 : -i / 100,
);
/** The same of the whole book, where each takes first rounds for every asset: in steps of five percent, now included. */
export const DEFAULT_WHOLE_FALLS: readonly number[] = DEFAULT_FALLS.filter((_, i) => i % 5 === 0);
const DEEPEST_FALL = -0.98;

/** Moves of reproduction numbers, checked: 1 to 40 of them, each from -0.98 to 0, in the order given without repeats. */
export function checkFalls(moves: readonly number[] | null | undefined): readonly number[] {
  if (moves === null || moves === undefined) return DEFAULT_FALLS;
  checkCount('moves', moves);
  const wrong = moves.find((move) => !(move <= 0 && move >= DEEPEST_FALL));
  if (wrong !== undefined)
    throw inputError(
      `The move ${wrong} is outside ${DEEPEST_FALL}..0: -0.2 means 20 % down; one further percent must be left to fall.`,
    );
  return [...new Set(moves)];
}

/** Items of a list that one answer may have. */
export const MOST_ITEMS = 500;

/** A number of items between 1 and 500, named in the message by its argument. */
export function checkItems(count: number | null, name: string): number {
  if (count === null || count < 1 || count > MOST_ITEMS)
    throw inputError(`${name} is ${count}; it must be from 1 to ${MOST_ITEMS}.`);
  return count;
}

/** How many of a list that is not paged, between 1 and 500. */
export const checkFirst = (first: number | null): number => checkItems(first, 'first');

/** How many blocks of a range, both of whose ends are among them. */
export function checkSpread(first: number | null): number {
  if (first === null || first < 2 || first > 500)
    throw inputError(`first is ${first}; it must be from 2 to 500.`);
  return first;
}

/** The id of a venue that is watched. */
export function checkVenue(venue: string, venues: readonly { readonly id: string }[]): string {
  if (venues.some(({ id }) => id === venue)) return venue;
  const known = venues.map(({ id }) => id).join(', ');
  throw inputError(`Venue ${JSON.stringify(venue.slice(0, 60))} is not watched. Known: ${known}.`);
}

/** The venue of a market that a client names: ids and names of markets are a venue's own. */
export function venueOfMarket({
  venue,
  market,
}: {
  readonly venue?: string | null;
  readonly market?: string | null;
}): string {
  if (typeof venue === 'string') return venue;
  throw inputError(
    `market is ${JSON.stringify(market?.slice(0, 60))} and venue is left out: name the venue too, a market is one of its venue.`,
  );
}

/** A limit of 0 or more; undefined when there is none. */
export function checkLeast(limit: number | null | undefined, name: string): number | undefined {
  if (limit === null || limit === undefined) return undefined;
  if (!(limit >= 0)) throw inputError(`${name} is ${limit}; it must be 0 or more.`);
  return limit;
}

/** A limit of the health factor above 0; undefined when there is none. */
export function checkHealth(limit: number | null | undefined): number | undefined {
  if (limit === null || limit === undefined) return undefined;
  if (!(limit > 0)) throw inputError(`maxHealthFactor is ${limit}; it must be above 0: 1 is the line.`);
  return limit;
}
