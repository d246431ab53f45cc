import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigError } from '@undertow/units';

/** A port of 127.0.0.1 for the tools of a person, behind which is a chain that obeys whoever asks. */
export interface GuardedPort {
  readonly url: string;
  /** What is asked goes to this address from now on. */
  leadTo(url: string): void;
  close(): Promise<void>;
}

/** Names by which a tool on this machine reaches the port. */
const OWN_NAMES = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Listens where programs of this machine can ask, and pages of the web cannot: a browser says whose page asks (`Origin`, also of a
 * WebSocket), and by which name it came (`Host`, also where that name was made to lead here).
 *
 * @param port 0 = any free one.
 * @throws ConfigError when it is in use.
 */
export async function guardPort(port: number): Promise<GuardedPort> {
  let target: string | undefined;
  const server = createServer((asked, answer) => {
    const refusal = refusalOf(asked);
    if (refusal !== undefined) return refuse(answer, 403, refusal);
    if (target === undefined) return refuse(answer, 503, 'The local chain is being built.\n');
    passOn(target, asked, answer);
  });
  server.on('upgrade', (_request, socket) => socket.destroy());
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening');
  } catch (cause) {
    throw new ConfigError(`The local chain (anvil) did not start. Is port ${port} in use?`, { cause });
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    leadTo: (url) => (target = url),
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

function refusalOf({ headers: { host, origin } }: IncomingMessage): string | undefined {
  if (origin !== undefined) return 'Pages of browsers may not ask the local chain.\n';
  if (
    host !== undefined &&
    URL.canParse(`http://${host}`) &&
    OWN_NAMES.includes(new URL(`http://${host}`).hostname)
  )
    return undefined;
  return 'The local chain does not go by that host name; ask 127.0.0.1.\n';
}

function refuse(answer: ServerResponse, status: number, text: string): void {
  answer.writeHead(status, { 'content-type': 'text/plain', connection: 'close' }).end(text);
}

function passOn(target: string, asked: IncomingMessage, answer: ServerResponse): void {
  const { method, headers } = asked;
  const onward = request(
    target,
    { method, headers: { ...headers, host: new URL(target).host } },
    (answered) => {
      answer.writeHead(answered.statusCode ?? 502, answered.headers);
      answered.pipe(answer);
    },
  );
  onward.on('error', () => answer.destroy());
  answer.on('close', () => onward.destroy());
  asked.pipe(onward);
}
