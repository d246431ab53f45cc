import { createHash } from 'node:crypto';
import type { ApolloServerPlugin, BaseContext, GraphQLRequestContextWillSendResponse } from '@apollo/server';
import { ENGINE } from '@undertow/cascade';
import { OperationTypeNode } from 'graphql';
import { overHttpError } from './errors.ts';
import type { LiveBook } from './live-book.ts';
import { pinnedBlocks } from './pinned-blocks.ts';
import { queryCost } from './query-limits.ts';
import { queryProblems } from './query-problems.ts';
import { valueExcess } from './value-limit.ts';

/** How long a client may keep an answer about final blocks without asking: a newer engine may answer otherwise. */
const A_DAY_SECONDS = 86_400;

/** What answers by HTTP hang on. */
export interface HttpAnswersOf {
  readonly live: Pick<LiveBook, 'at' | 'head'>;
  readonly finalityDepth: number;
}

/**
 * What plain HTTP does with a query and its answer: refuses what no one may ask for and subscriptions (which go by WebSocket and do
 * not pass through Apollo), says what the query cost, and says whether the answer may be kept.
 *
 * Refusals are no validation rules: Apollo would give all of them the code of a malformed query.
 */
export const httpAnswers = ({ live, finalityDepth }: HttpAnswersOf): ApolloServerPlugin => ({
  requestDidStart: async () => ({
    async didResolveOperation({ document, operation, operationName, request }) {
      const [problem] = queryProblems(document, { operationName, variables: request.variables ?? {} });
      if (problem) throw problem;
      if (operation?.operation === OperationTypeNode.SUBSCRIPTION) throw overHttpError();
    },
    async willSendResponse(context) {
      const { document, operationName, request, response } = context;
      const { http, body } = response;
      const excess = valueExcess(context.errors);
      if (excess && body.kind === 'single') {
        body.singleResult = { errors: [excess.toJSON()] };
        http.status = 400;
      }
      if (document && body.kind === 'single' && body.singleResult.data !== undefined) {
        const cost = queryCost(document, { operationName, variables: request.variables ?? {} });
        body.singleResult.extensions = { ...body.singleResult.extensions, cost };
      }
      const tag = await tagOf(context, { live, finalityDepth });
      http.headers.set('cache-control', tag ? `public, max-age=${A_DAY_SECONDS}, immutable` : 'no-store');
      if (tag === undefined) return;
      http.headers.set('etag', tag);
      http.headers.set('vary', 'Accept');
    },
  }),
});

/**
 * What tells the answer to a GET apart from others: the query, the books it was answered from, and the engine. Undefined where it may
 * be another one tomorrow: not all of it is pinned at blocks that are final, or something could not be answered.
 */
async function tagOf(
  {
    document,
    operationName,
    request,
    response: { body },
  }: GraphQLRequestContextWillSendResponse<BaseContext>,
  { live, finalityDepth }: HttpAnswersOf,
): Promise<string | undefined> {
  const { query = '', variables = {} } = request;
  const isWhole = body.kind === 'single' && body.singleResult.data && !body.singleResult.errors;
  if (request.http?.method !== 'GET' || !document || !isWhole) return undefined;
  const blocks = pinnedBlocks(document, { operationName, variables });
  const newest = await live.head();
  if (blocks === undefined || newest === undefined) return undefined;
  if (blocks.some((block) => block > newest.block - finalityDepth)) return undefined;
  const books: string[] = [];
  for (const block of blocks) books.push((await live.at(block)).book.hash);
  const asked = JSON.stringify([query, operationName, variables, books, ENGINE]);
  // Weak: the same answer may be compressed in several ways.
  return `W/"${createHash('sha256').update(asked).digest('base64url').slice(0, 27)}"`;
}
