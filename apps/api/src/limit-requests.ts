import type { Server } from 'node:http';
import { FULL, OpenCount, type MostOpen } from './open-count.ts';

/** Requests that are being answered at a time. A page has six connections; computing has a queue of its own. */
export const MOST_REQUESTS: MostOpen = { whole: 512, perAddress: 256 };
/** Connections that may be open, with or without a request; what is above is closed at once. */
export const MOST_CONNECTIONS = 5_000;

const SENDING_MS = 30_000;
const SILENT_MS = 300_000;

interface CountedRequest {
  readonly path: string;
  readonly socket: { readonly remoteAddress?: string | undefined };
}

interface CountedResponse {
  once(event: 'close', listener: () => void): unknown;
  status(code: number): {
    type(name: string): { set(name: string, value: string): { send(text: string): unknown } };
  };
}

/** Express middleware that answers 429 or 503 where more is being answered than `most`; who asks for the health is always answered. */
export function limitRequests(most: MostOpen) {
  const count = new OpenCount(most);
  return (request: CountedRequest, response: CountedResponse, next: () => void): void => {
    if (request.path === '/healthz' || request.path === '/livez') return next();
    const opened = count.open(request.socket.remoteAddress);
    if (typeof opened === 'string') {
      const { status, text } = FULL[opened];
      response.status(status).type('text/plain').set('Retry-After', '1').send(text);
      return;
    }
    response.once('close', opened);
    next();
  };
}

/** Ends connections that are slow to send a request (Node looks every 30 s) or to take its answer, and limits how many there are. */
export function limitConnections(server: Server, sendingMs = SENDING_MS): void {
  server.maxConnections = MOST_CONNECTIONS;
  server.headersTimeout = sendingMs / 3;
  server.requestTimeout = sendingMs;
  server.setTimeout(SILENT_MS);
}
