import { GraphQLError, Kind, visit, type DocumentNode } from 'graphql';
import type { Variables } from './query-limits.ts';

/** Characters of one text. The longest that means anything, a cursor of a narrow list, has a quarter of it. */
export const MOST_TEXT = 2_000;
/** Lists and objects within each other in a variable. The deepest plan of a sweep has seven. */
export const MOST_NESTING = 20;

/**
 * The error of a query with a text that is longer than anything could be called, or with a variable that is nested deeper than anything
 * is: what reads such texts may take time in the square of their length, and the thread that it takes answers everybody.
 */
export function inputExcess(document: DocumentNode, variables: Variables = {}): GraphQLError[] {
  let longest = 0;
  visit(document, {
    [Kind.STRING]: ({ value }) => void (longest = Math.max(longest, value.length)),
  });
  const given = sizeOf(variables);
  longest = Math.max(longest, given.longest);
  if (longest > MOST_TEXT)
    return [tooLarge(`A text has ${longest} characters; at most ${MOST_TEXT} are allowed.`)];
  if (given.nesting > MOST_NESTING)
    return [
      tooLarge(`The variables are nested more than ${MOST_NESTING} deep; nothing that may be given is.`),
    ];
  return [];
}

/** Goes by a list of its own and not by calls: whoever nests deep enough would have those run out. */
function sizeOf(root: unknown): { readonly longest: number; readonly nesting: number } {
  let longest = 0;
  let level: unknown[] = [root];
  // The first level are the variables by their names.
  for (let nesting = -1; level.length > 0; nesting++) {
    if (nesting > MOST_NESTING) return { longest, nesting };
    const below: unknown[] = [];
    for (const value of level) {
      if (typeof value === 'string') longest = Math.max(longest, value.length);
      else if (Array.isArray(value)) for (const item of value) below.push(item);
      else if (typeof value === 'object' && value !== null)
        for (const [name, item] of Object.entries(value)) {
          longest = Math.max(longest, name.length);
          below.push(item);
        }
    }
    level = below;
  }
  return { longest, nesting: 0 };
}

const tooLarge = (message: string) =>
  new GraphQLError(message, { extensions: { code: 'QUERY_TOO_LARGE', http: { status: 400 } } });
