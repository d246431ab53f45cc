import { readFileSync } from 'node:fs';
import type { ApolloServerPlugin } from '@apollo/server';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { getOperationAST, OperationTypeNode, parse, type DocumentNode, type GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import { bigIntScalar } from './big-int.ts';
import { mutationError, overHttpError, presentError } from './errors.ts';
import { queryExcess, type Asked } from './query-limits.ts';

const SCHEMA = new URL('./schema.graphql', import.meta.url);

/** Apollo and graphql-ws over schema.graphql: the same limits and the same errors on both. */
export function graphqlOptions(log: Logger): ApolloDriverConfig {
  const report = (cause: unknown): void => log.error({ err: cause }, 'a query failed');
  return {
    driver: ApolloDriver,
    path: '/graphql',
    // The text and not its path: Nest takes a path for a glob, and folders may have brackets in their names.
    typeDefs: readFileSync(SCHEMA, 'utf8'),
    resolvers: { BigInt: bigIntScalar },
    resolverValidationOptions: { requireResolversToMatchSchema: 'error' },
    graphiql: false,
    introspection: true,
    csrfPrevention: true,
    includeStacktraceInErrorResponses: false,
    plugins: [refuseOverHttp],
    formatError: (formatted, error) => presentError(formatted, error, report),
    subscriptions: {
      'graphql-ws': {
        connectionInitWaitTimeout: 10_000,
        onConnect: ({ extra }) => isSameOrigin(requestOf(extra)),
        onSubscribe: (_context, _id, { query, operationName, variables }) =>
          refusal(query, { operationName, variables: variables ?? {} }),
        onNext(_context, _id, _payload, _args, { data, errors }) {
          if (errors === undefined) return undefined;
          return {
            data: data ?? null,
            errors: errors.map((error) => presentError(error.toJSON(), error, report)),
          };
        },
      },
    },
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
function problems(document: DocumentNode, asked: Asked): GraphQLError[] {
  const operation = getOperationAST(document, asked.operationName);
  if (operation?.operation === OperationTypeNode.MUTATION) return [mutationError()];
  return queryExcess(document, asked);
}

/** Errors for a query that may not be answered; one that cannot be parsed is for graphql-ws to refuse. */
function refusal(query: string, asked: Asked): GraphQLError[] | undefined {
  try {
    const errors = problems(parse(query), asked);
    return errors.length > 0 ? errors : undefined;
  } catch {
    return undefined;
  }
}

interface UpgradeRequest {
  readonly headers: { readonly origin?: string; readonly host?: string };
}

const requestOf = (extra: unknown): UpgradeRequest => (extra as { readonly request: UpgradeRequest }).request;

/** Browsers let any page open a WebSocket to us and name that page in Origin: only our own page may. */
function isSameOrigin({ headers }: UpgradeRequest): boolean {
  if (headers.origin === undefined) return true; // Not a browser.
  return URL.canParse(headers.origin) && new URL(headers.origin).host === headers.host;
}
