import type { DocumentNode, GraphQLError } from 'graphql';
import { inputExcess } from './input-limits.ts';
import { queryExcess, type Asked } from './query-limits.ts';

/** Why a query may not be answered: it, or what it is given, is too large. */
export function queryProblems(document: DocumentNode, asked: Asked): GraphQLError[] {
  return [...inputExcess(document, asked.variables), ...queryExcess(document, asked)];
}
