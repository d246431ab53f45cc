import type { DocumentNode, GraphQLError } from 'graphql';
import { queryExcess, type Asked } from './query-limits.ts';

/** Why a query may not be answered: it is too large. */
export function queryProblems(document: DocumentNode, asked: Asked): GraphQLError[] {
  return queryExcess(document, asked);
}
