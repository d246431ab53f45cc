import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { GraphQLError, parse, type GraphQLSchema } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { presentError } from './errors.ts';
import { GRAPHQL_PATH } from './graphql-options.ts';
import { MISDIRECTED, type IsOwnHost } from './own-host.ts';
import { MOST_TOKENS, queryCost, type Asked } from './query-limits.ts';
import { queryProblems } from './query-problems.ts';
import { untilClosed } from './until-closed.ts';
import { valueExcess } from './value-limit.ts';

/** Bytes of one message: as much as an HTTP request may have. What is longer closes the socket. */
export const MOST_MESSAGE_BYTES = 100_000;
/** Operations that one socket may have open at a time. The page has a dozen. */
export const MOST_OPEN = 50;

export interface SocketOptions {
  readonly isOwnHost: IsOwnHost;
  /** Gets our own failures with their cause, for the log. */
  readonly report: (cause: unknown) => void;
}

/**
 * Serves queries and subscriptions by WebSocket (graphql-transport-ws) beside plain HTTP, with the same limits and errors. Ours and
 * not Nest's, whose server takes messages of 100 MB and looks at no host.
 */
export function serveSockets(
  server: Server,
  schema: GraphQLSchema,
  { isOwnHost, report }: SocketOptions,
): { close(): Promise<void> } {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MOST_MESSAGE_BYTES });
  const served = useServer(
    {
      schema,
      connectionInitWaitTimeout: 10_000,
      onConnect: ({ extra }) => isSameOrigin(extra.request),
      context: ({ extra }) => ({ signal: untilClosed(extra.socket) }),
      onSubscribe: ({ subscriptions }, _id, { query, operationName, variables }) =>
        Object.keys(subscriptions).length > MOST_OPEN
          ? [tooManyOpen()]
          : refusal(query, { operationName, variables: variables ?? {} }),
      onNext(_context, _id, _payload, { document, operationName, variableValues }, { data, errors }) {
        const cost = queryCost(document, { operationName, variables: variableValues ?? {} });
        const excess = valueExcess(errors);
        if (excess) return { data: null, errors: [excess.toJSON()], extensions: { cost } };
        return {
          data: data ?? null,
          ...(errors && { errors: errors.map((error) => presentError(error.toJSON(), error, report)) }),
          extensions: { cost },
        };
      },
    },
    sockets,
  );
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const path = request.url?.split('?')[0];
    if (!isOwnHost(request.headers.host)) refuse(socket, '421 Misdirected Request', MISDIRECTED);
    else if (path !== GRAPHQL_PATH) refuse(socket, '404 Not Found', `WebSockets are at ${GRAPHQL_PATH}.\n`);
    else
      sockets.handleUpgrade(request, socket, head, (opened) => sockets.emit('connection', opened, request));
  };
  server.on('upgrade', upgrade);
  return {
    async close() {
      server.off('upgrade', upgrade);
      await served.dispose();
    },
  };
}

function refuse(socket: Duplex, status: string, text: string): void {
  socket.end(
    `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
  );
}

const tooManyOpen = () =>
  new GraphQLError(`This socket has ${MOST_OPEN} operations open; end one before the next.`, {
    extensions: { code: 'TOO_MANY_OPEN' },
  });

/** Errors for a query that may not be answered. */
function refusal(query: string, asked: Asked): GraphQLError[] | undefined {
  try {
    const errors = queryProblems(parse(query, { maxTokens: MOST_TOKENS }), asked);
    return errors.length > 0 ? errors : undefined;
  } catch (error) {
    if (error instanceof GraphQLError) return [error];
    throw error;
  }
}

/** Browsers let any page open a WebSocket to us and name that page in Origin: only our own page may. */
function isSameOrigin({ headers }: IncomingMessage): boolean {
  if (headers.origin === undefined) return true; // Not a browser.
  return URL.canParse(headers.origin) && new URL(headers.origin).host === headers.host;
}
