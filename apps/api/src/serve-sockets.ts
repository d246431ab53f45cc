import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { GraphQLError, parse, type GraphQLSchema } from 'graphql';
import { handleProtocols, makeServer } from 'graphql-ws';
import { WebSocketServer } from 'ws';
import { presentError } from './errors.ts';
import { GRAPHQL_PATH } from './graphql-options.ts';
import { FULL, OpenCount, type MostOpen } from './open-count.ts';
import { MISDIRECTED, type IsOwnHost } from './own-host.ts';
import { MOST_TOKENS, queryCost, type Asked } from './query-limits.ts';
import { queryProblems } from './query-problems.ts';
import { joinSocket, type JoinedSocket } from './join-socket.ts';
import { valueExcess } from './value-limit.ts';

/** Bytes of one message: as much as an HTTP request may have. What is longer closes the socket. */
export const MOST_MESSAGE_BYTES = 100_000;
/** Operations that one socket may have open at a time. The page has a dozen. */
export const MOST_OPEN = 50;
/** Sockets at a time; each takes some 40 kB. */
export const MOST_SOCKETS: MostOpen = { whole: 2_500, perAddress: 1_500 };
/** Operations of all sockets together. */
export const MOST_OPERATIONS: MostOpen = { whole: 10_000, perAddress: 5_000 };

const INIT_MS = 10_000;
/** Time for a client to say goodbye when the server ends. */
const GOING_MS = 1_000;

export interface SocketOptions {
  readonly isOwnHost: IsOwnHost;
  /** Gets our own failures with their cause, for the log. */
  readonly report: (cause: unknown) => void;
  /** Hears of sockets that broke, which is their clients' doing. */
  readonly onBroken: (cause: unknown) => void;
  readonly mostSockets?: MostOpen;
}

/**
 * Serves queries and subscriptions by WebSocket (graphql-transport-ws) beside plain HTTP, with the same limits and errors. Ours and
 * not Nest's, whose server takes messages of 100 MB and looks at no host.
 */
export function serveSockets(
  server: Server,
  schema: GraphQLSchema,
  options: SocketOptions,
): { close(): Promise<void> } {
  const { isOwnHost, onBroken, mostSockets = MOST_SOCKETS } = options;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MOST_MESSAGE_BYTES, handleProtocols });
  const served = graphqlOver(schema, options);
  const count = new OpenCount(mostSockets);
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    socket.on('error', onBroken);
    const path = request.url?.split('?')[0];
    if (!isOwnHost(request.headers.host)) return refuse(socket, '421 Misdirected Request', MISDIRECTED);
    if (path !== GRAPHQL_PATH) return refuse(socket, '404 Not Found', `WebSockets are at ${GRAPHQL_PATH}.\n`);
    const opened = count.open(request.socket.remoteAddress);
    if (typeof opened === 'string') {
      const { status, name, text } = FULL[opened];
      return refuse(socket, `${status} ${name}`, text);
    }
    socket.once('close', opened);
    sockets.handleUpgrade(request, socket, head, (joined) =>
      joinSocket(served, joined, { request, onBroken }),
    );
  };
  server.on('upgrade', upgrade);
  return {
    async close() {
      server.off('upgrade', upgrade);
      for (const client of sockets.clients) client.close(1001, 'Going away');
      const hard = setTimeout(() => sockets.clients.forEach((client) => client.terminate()), GOING_MS);
      await new Promise<void>((done) => sockets.close(() => done()));
      clearTimeout(hard);
    },
  };
}

/** What is said over a socket, whatever carries it. */
function graphqlOver(schema: GraphQLSchema, { report }: SocketOptions) {
  const all = new OpenCount(MOST_OPERATIONS);
  return makeServer<Record<string, unknown>, JoinedSocket>({
    schema,
    connectionInitWaitTimeout: INIT_MS,
    onConnect: ({ extra }) => isSameOrigin(extra.request),
    onSubscribe({ extra: { operations, request } }, id, payload) {
      const { query, operationName, variables } = payload;
      if (operations.count >= MOST_OPEN) return [tooManyOpen(`This socket has ${MOST_OPEN} operations open`)];
      const refused = refusal(query, { operationName, variables: variables ?? {} });
      if (refused) return refused;
      const opened = all.open(request.socket.remoteAddress);
      if (typeof opened === 'string') return [tooManyOpen('Too many operations are open')];
      operations.begin(id, payload, opened);
      return undefined;
    },
    context: ({ extra }, _id, payload) => ({ signal: extra.operations.signalOf(payload) }),
    onComplete: ({ extra }, _id, payload) => extra.operations.end(payload),
    onError: ({ extra }, _id, payload) => extra.operations.end(payload),
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
  });
}

/** Closes the connection too: a client that does not close its own end would keep it open. */
function refuse(socket: Duplex, status: string, text: string): void {
  socket.end(
    `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
    () => socket.destroy(),
  );
}

const tooManyOpen = (what: string) =>
  new GraphQLError(`${what}; end one before the next.`, { extensions: { code: 'TOO_MANY_OPEN' } });

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
