import { readFileSync, existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { buildSchema, graphql } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { isPageAddress } from '../../../apps/api/src/page-addresses.ts';
import { withEnumWords } from '../../../apps/api/src/enum-words.ts';
import { toyApi } from './toy-api.ts';
import { ToyAdvices } from './toy-advices.ts';
import { ToyReports } from './toy-reports.ts';
import { ToySweeps } from './toy-sweeps.ts';
import type { ToySituation } from './toy-world.ts';

const SCHEMA = new URL('../../../apps/api/src/schema.graphql', import.meta.url);
const DIST = join(import.meta.dirname, '..', 'dist');
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/** A stand-in for the API, for tests of the page only: the real schema, invented answers, bendable at will. */
export interface TestServer extends AsyncDisposable {
  readonly url: string;
  readonly situation: ToySituation;
  readonly sweeps: ToySweeps;
  readonly advices: ToyAdvices;
  readonly reports: ToyReports;
  /** One block later, prices moved by a ratio; all listeners hear of it. */
  advance(move: number): void;
  /** Closes the port and every connection, as a crash does; `start` opens the same port again. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** Serves the built page and a pretended API on a free port of 127.0.0.1. */
export async function serveForTests(): Promise<TestServer> {
  const schema = withEnumWords(buildSchema(readFileSync(SCHEMA, 'utf8')));
  const situation: ToySituation = {
    ...{ block: 18_342, time: Math.floor(Date.now() / 1000), drift: 1, driftAt: {} },
    ...{ isEmpty: false, trusted: true, refusal: undefined },
  };
  const sweeps = new ToySweeps();
  const advices = new ToyAdvices();
  const reports = new ToyReports();
  const rootValue = toyApi(situation, { sweeps, advices, reports });
  const heads = new Listeners();
  const sweepProgress = ({ id }: { id: string }) => sweeps.watch(id);
  const subscription = { heads: () => heads.follow(), sweepProgress };
  let running: { server: Server; sockets: WebSocketServer } | undefined;
  let port = 0;

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.url !== '/graphql') return serveFile(request, response);
    const { query, variables } = JSON.parse(await readAll(request)) as {
      query: string;
      variables: Record<string, unknown>;
    };
    const result = await graphql({ schema, source: query, variableValues: variables, rootValue });
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result));
  };

  const start = async (): Promise<void> => {
    const server = createServer((request, response) => {
      answer(request, response).catch((cause: unknown) => response.writeHead(500).end(String(cause)));
    });
    const sockets = new WebSocketServer({ server, path: '/graphql' });
    useServer({ schema, roots: { subscription } }, sockets);
    await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('the test server has no port');
    port = address.port;
    running = { server, sockets };
  };

  const stop = async (): Promise<void> => {
    const { server, sockets } = running ?? {};
    running = undefined;
    for (const client of sockets?.clients ?? []) client.terminate();
    sockets?.close();
    const closed = new Promise<void>((done) => (server ? server.close(() => done()) : done()));
    server?.closeAllConnections();
    await closed;
  };

  await start();
  return {
    url: `http://127.0.0.1:${port}`,
    situation,
    sweeps,
    advices,
    reports,
    advance(move) {
      Object.assign(situation, {
        driftAt: { ...situation.driftAt, [situation.block]: situation.drift },
        block: situation.block + 1,
        time: Math.floor(Date.now() / 1000),
        drift: situation.drift * (1 + move),
      });
      const { block, time } = situation;
      heads.tell({
        chainId: 31337,
        block,
        hash: `0x${block.toString(16).padStart(64, '0')}`,
        time,
        reorg: false,
      });
    },
    start,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** Hands every news to everyone who follows. */
class Listeners {
  readonly #waiting = new Set<(news: object) => void>();

  tell(news: object): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const hear of waiting) hear(news);
  }

  async *follow(): AsyncGenerator<{ heads: object }> {
    for (;;) yield { heads: await new Promise<object>((hear) => this.#waiting.add(hear)) };
  }
}

function serveFile(request: IncomingMessage, response: ServerResponse): void {
  const path = normalize(decodeURIComponent((request.url ?? '/').split('?')[0] ?? '/'));
  const wantsPage = isPageAddress(path) && request.headers.accept?.includes('text/html') === true;
  const file = join(DIST, wantsPage ? 'index.html' : path);
  if (!existsSync(file)) return void response.writeHead(404).end();
  response.writeHead(200, {
    'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
    // The strictest policy that the page must live with.
    'content-security-policy':
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'",
  });
  response.end(readFileSync(file));
}

async function readAll(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += String(chunk);
  return text;
}
