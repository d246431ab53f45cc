import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openRpc } from './open-rpc.ts';
import { addressOf, withoutSecrets } from './secret-url.ts';

const SECRETS = /hunter2|s3cretkey|k3yk3y/;

/** All that a person or a log could be told of an error. */
const everything = (error: unknown): string =>
  error instanceof Error ? `${error.message} ${error.stack} ${everything(error.cause)}` : '';

describe('an endpoint whose address has a key', () => {
  it('is asked with the name and password in a header', () => {
    expect(addressOf('https://me:p%40ss@example.org/rpc')).toEqual({
      url: 'https://example.org/rpc',
      headers: { authorization: `Basic ${Buffer.from('me:p@ss').toString('base64')}` },
    });
    expect(addressOf('https://example.org/rpc')).toEqual({ url: 'https://example.org/rpc', headers: {} });
  });

  it('is told without it, whole or in parts', () => {
    const url = 'https://me:hunter2@example.org/v3/s3cretkey?apikey=k3yk3y';
    const told = withoutSecrets(`${url} /v3/s3cretkey k3yk3y hunter2 v3 stays`, url);
    expect(told).not.toMatch(SECRETS);
    expect(told).toMatch(/v3 stays$/);
  });

  it('is not repeated by any error, whatever the endpoint answers', async () => {
    const server = createServer((asked, answer) => {
      const { authorization = '' } = asked.headers;
      const said = `Cannot POST ${asked.url} as ${Buffer.from(authorization.slice(6), 'base64').toString()}`;
      // A refusal of the server, of the call, and something that is no JSON.
      if (answers === 'status') answer.writeHead(404).end(said);
      else if (answers === 'error')
        answer.end(JSON.stringify({ jsonrpc: '2.0', id: 0, error: { code: -32_601, message: said } }));
      else answer.end(said);
    });
    let answers = '';
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const told: string[] = [];
    for (answers of ['status', 'error', 'text', 'closed']) {
      if (answers === 'closed') {
        server.closeAllConnections();
        await new Promise((closed) => server.close(closed));
      }
      const url = `http://me:hunter2@127.0.0.1:${port}/s3cretkey?apikey=k3yk3y`;
      const onFault = (...words: string[]) => void told.push(words.join(' '));
      const error = await openRpc({ urls: [url], chainId: 1, retries: 0, onFault }).catch(
        (cause: unknown) => cause,
      );
      expect(error).toBeInstanceOf(Error);
      told.push(everything(error));
    }
    expect(told.length).toBeGreaterThan(4);
    for (const words of told) expect(words).not.toMatch(SECRETS);
  });
});
