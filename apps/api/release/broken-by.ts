import { buildSchema, findBreakingChanges } from 'graphql';

/** What clients of a released schema can no longer ask of another one, a sentence each; both as text. */
export const brokenBy = (released: string, schema: string): string[] =>
  findBreakingChanges(buildSchema(released), buildSchema(schema)).map(({ description }) => description);
