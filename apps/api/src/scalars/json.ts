import { scalarOf } from './scalar-of.ts';

/** The scalar `JSON`: any value; whoever takes one checks what it holds. */
export const jsonScalar = scalarOf<unknown, unknown>('JSON', {
  serialize: (value) => value,
  parse: (value) => value,
});
