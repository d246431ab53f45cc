import { readFileSync } from 'node:fs';
import type { ApolloServerPlugin } from '@apollo/server';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { getOperationAST, OperationTypeNode, type DocumentNode, type GraphQLError } from 'graphql';
import { withEnumWords } from './enum-words.ts';
import { mutationError, overHttpError, presentError } from './errors.ts';
import { MOST_TOKENS, queryExcess, type Asked } from './query-limits.ts';
import { addressScalar } from './scalars/address.ts';
import { bigIntScalar } from './scalars/big-int.ts';
import { timestampScalar } from './scalars/timestamp.ts';

const SCHEMA = new URL('./schema.graphql', import.meta.url);

export const GRAPHQL_PATH = '/graphql';

/** Apollo over schema.graphql; `serveSockets` gives the same limits and errors by WebSocket. `report` gets our own failures. */
export function graphqlOptions(report: (cause: unknown) => void): ApolloDriverConfig {
  return {
    driver: ApolloDriver,
    path: GRAPHQL_PATH,
    // The text and not its path: Nest takes a path for a glob, and folders may have brackets in their names.
    typeDefs: readFileSync(SCHEMA, 'utf8'),
    resolvers: { Address: addressScalar, BigInt: bigIntScalar, Timestamp: timestampScalar },
    transformSchema: withEnumWords,
    resolverValidationOptions: { requireResolversToMatchSchema: 'error' },
    graphiql: false,
    introspection: true,
    csrfPrevention: true,
    parseOptions: { maxTokens: MOST_TOKENS },
    includeStacktraceInErrorResponses: false,
    plugins: [refuseOverHttp],
    formatError: (formatted, error) => presentError(formatted, error, report),
  };
}

/**
 * What plain HTTP does not answer: subscriptions, which go by WebSocket and do not pass through Apollo, and what no one
 * may ask for. Not validation rules: Apollo would give all of them the code of a malformed query.
 */
const refuseOverHttp: ApolloServerPlugin = {
  requestDidStart: async () => ({
    async didResolveOperation({ document, operation, operationName, request }) {
      const [problem] = problems(document, { operationName, variables: request.variables ?? {} });
      if (problem) throw problem;
      if (operation?.operation === OperationTypeNode.SUBSCRIPTION) throw overHttpError();
    },
  }),
};

/** Why a query may not be answered: it changes something, or is too large. */
export function problems(document: DocumentNode, asked: Asked): GraphQLError[] {
  const operation = getOperationAST(document, asked.operationName);
  if (operation?.operation === OperationTypeNode.MUTATION) return [mutationError()];
  return queryExcess(document, asked);
}
