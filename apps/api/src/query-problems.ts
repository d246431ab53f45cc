import { getOperationAST, OperationTypeNode, type DocumentNode, type GraphQLError } from 'graphql';
import { mutationError } from './errors.ts';
import { queryExcess, type Asked } from './query-limits.ts';

/** Why a query may not be answered: it changes something, or is too large. */
export function queryProblems(document: DocumentNode, asked: Asked): GraphQLError[] {
  const operation = getOperationAST(document, asked.operationName);
  if (operation?.operation === OperationTypeNode.MUTATION) return [mutationError()];
  return queryExcess(document, asked);
}
