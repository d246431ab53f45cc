import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { withEnumWords } from './enum-words.ts';
import { presentError } from './errors.ts';
import { httpAnswers, type HttpAnswersOf } from './http-answers.ts';
import { MOST_TOKENS } from './query-limits.ts';
import { untilClosed } from './until-closed.ts';
import { withValueLimit } from './value-limit.ts';
import { addressScalar } from './scalars/address.ts';
import { bigIntScalar } from './scalars/big-int.ts';
import { jsonScalar } from './scalars/json.ts';
import { timestampScalar } from './scalars/timestamp.ts';

const SCHEMA = new URL('./schema.graphql', import.meta.url);

export const GRAPHQL_PATH = '/graphql';

/** What the endpoint hangs on. */
export interface GraphqlOptionsOf extends HttpAnswersOf {
  /** Gets our own failures with their cause, for the log. */
  readonly report: (cause: unknown) => void;
}

/** Apollo over schema.graphql; `serveSockets` gives the same limits and errors by WebSocket. */
export function graphqlOptions(of: GraphqlOptionsOf): ApolloDriverConfig {
  return {
    driver: ApolloDriver,
    path: GRAPHQL_PATH,
    // The text and not its path: Nest takes a path for a glob, and folders may have brackets in their names.
    typeDefs: readFileSync(SCHEMA, 'utf8'),
    resolvers: {
      ...{ Address: addressScalar, BigInt: bigIntScalar, JSON: jsonScalar, Timestamp: timestampScalar },
    },
    transformSchema: (schema) => withValueLimit(withEnumWords(schema)),
    resolverValidationOptions: { requireResolversToMatchSchema: 'error' },
    graphiql: false,
    introspection: true,
    csrfPrevention: true,
    context: ({ req, res }: { req: IncomingMessage; res: ServerResponse }) => ({
      ...{ req, res, signal: untilClosed(res) },
    }),
    parseOptions: { maxTokens: MOST_TOKENS },
    includeStacktraceInErrorResponses: false,
    plugins: [httpAnswers(of)],
    formatError: (formatted, error) => presentError(formatted, error, of.report),
  };
}
