import type { IncomingMessage } from 'node:http';
import type { Server } from 'graphql-ws';
import type { WebSocket } from 'ws';
import { Operations } from './operations.ts';

/** What an operation is told of the socket that it came by. */
export interface JoinedSocket {
  readonly request: IncomingMessage;
  readonly operations: Operations;
}

/** Bytes that may wait for a client to read them; one that does not is closed. The longest answer has a third of it. */
export const MOST_WAITING_BYTES = 8_000_000;
/** A client that does not answer a ping in this time is gone. */
const PING_MS = 12_000;

/**
 * Lets a WebSocket speak graphql-transport-ws. Ours and not that of graphql-ws, which lets a client that never reads fill the memory,
 * goes on with what a client has ended, and writes each broken socket to the log.
 */
export function joinSocket(
  served: Server<JoinedSocket>,
  socket: WebSocket,
  { request, onBroken }: { readonly request: IncomingMessage; readonly onBroken: (cause: unknown) => void },
): void {
  const operations = new Operations();
  socket.on('error', onBroken);
  const closed = served.opened(
    {
      protocol: socket.protocol,
      async send(text) {
        if (socket.readyState !== socket.OPEN) return;
        if (socket.bufferedAmount > MOST_WAITING_BYTES) return socket.terminate();
        await new Promise<void>((sent) => socket.send(text, () => sent()));
      },
      close: (code, reason) => socket.close(code, reason),
      onMessage: (take) =>
        socket.on('message', (data) => {
          const text = String(data);
          const left = leftIn(text);
          if (left !== undefined) operations.leave(left);
          take(text).catch((cause: unknown) => {
            onBroken(cause);
            socket.close(4500, 'Internal server error');
          });
        }),
    },
    { request, operations },
  );
  const stopPinging = keepAlive(socket);
  socket.once('close', (code, reason) => {
    stopPinging();
    operations.leaveAll();
    void closed(code, String(reason));
  });
}

/** The id of the operation that a message ends. */
function leftIn(text: string): string | undefined {
  if (!text.includes('"complete"')) return undefined;
  try {
    const { type, id } = JSON.parse(text) as { type?: unknown; id?: unknown };
    return type === 'complete' && typeof id === 'string' ? id : undefined;
  } catch {
    return undefined; // Told by whoever takes the message.
  }
}

function keepAlive(socket: WebSocket): () => void {
  let isThere = true;
  socket.on('pong', () => (isThere = true));
  const timer = setInterval(() => {
    if (!isThere) return socket.terminate();
    isThere = false;
    socket.ping();
  }, PING_MS);
  return () => clearInterval(timer);
}
