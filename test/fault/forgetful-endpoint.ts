import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Call {
  readonly id: number;
}

/** Calls of `getReservesList()`, with which the snapshot of Aave begins. */
const FORGOTTEN = '0xd1946dbc';

/** An endpoint that passes everything on to another one but has forgotten the state that a snapshot reads. */
export async function startForgetful(
  behind: string,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const error = { code: -32_000, message: 'missing trie node 00ff (path )' };
  const answer = async (body: string): Promise<string> => {
    const asked = JSON.parse(body) as Call | Call[];
    const calls = [asked].flat();
    if (!body.includes(FORGOTTEN)) {
      const headers = { 'content-type': 'application/json' };
      return (await fetch(behind, { method: 'POST', headers, body })).text();
    }
    const answers = calls.map(({ id }) => ({ jsonrpc: '2.0', id, error }));
    return JSON.stringify(Array.isArray(asked) ? answers : answers[0]);
  };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      answer(body).then(
        (text) => response.setHeader('content-type', 'application/json').end(text),
        () => response.destroy(),
      );
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
