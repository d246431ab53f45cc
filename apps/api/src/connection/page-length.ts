import { inputError } from '../errors.ts';
import { checkItems } from '../input.ts';

/** How long a page is, as a client writes it. */
export interface LengthAsked {
  readonly first?: number | null | undefined;
  readonly last?: number | null | undefined;
}

/** How many items a page has at most, and from which end of what its cursors leave. */
export interface PageLength {
  readonly most: number;
  readonly isFromEnd: boolean;
}

/** Items of a page of which nobody says how long it is. */
const ITEMS_BY_DEFAULT = 50;

/** How long a page is to be; throws a GraphQLError that says what is wrong. */
export function pageLength({ first, last }: LengthAsked): PageLength {
  if (typeof first === 'number' && typeof last === 'number')
    throw inputError(
      'first and last are both given: first counts from the beginning of the list, last from its end. Leave one of them out.',
    );
  if (typeof last === 'number') return { most: checkItems(last, 'last'), isFromEnd: true };
  return { most: checkItems(first ?? ITEMS_BY_DEFAULT, 'first'), isFromEnd: false };
}
