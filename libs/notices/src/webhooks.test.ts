import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { isPublicAddress, MOST_ATTEMPTS, readTargets, sendWebhook, waitAfter, type Target } from './index.ts';

const SECRET = `whsec_${Buffer.from('0123456789abcdef0123456789abcdef').toString('base64')}`;
const ENV = { KEY: SECRET, SHORT: 'whsec_AAAA', BAD: 'whsec_ü' };
const nowSeconds = () => Math.floor(Date.now() / 1_000);

const opened: Server[] = [];
afterEach(async () => {
  for (const server of opened.splice(0)) {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
});

async function listen(server: Server): Promise<number> {
  opened.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return (server.address() as AddressInfo).port;
}

const targetAt = (url: string, change: Partial<Target> = {}): Target => ({
  ...{
    name: 'desk',
    audience: 'desk',
    channel: 'webhook',
    secret: SECRET,
    owner: undefined,
    allowsPrivate: true,
  },
  ...{ url: new URL(url), ...change },
});

const RECEIVER = join(import.meta.dirname, '../../../docs/examples/webhook-receiver.mjs');

/** The receiver of the examples, and what it acted on. */
async function receiver() {
  const { createReceiver } = (await import(RECEIVER)) as {
    createReceiver(options: { secret: string; act: (notice: object) => void }): Server;
  };
  const acted: object[] = [];
  const port = await listen(createReceiver({ secret: SECRET, act: (notice) => acted.push(notice) }));
  return { acted, url: `http://127.0.0.1:${port}/hook` };
}

/** What a send would put on the wire, taken down by a server in between. */
async function tapped(
  body: string,
  at = nowSeconds(),
): Promise<{ headers: IncomingHttpHeaders; body: string }> {
  let found: { headers: IncomingHttpHeaders; body: string } | undefined;
  const port = await listen(
    createServer((request, response) => {
      let text = '';
      request.on('data', (part: Buffer) => (text += part.toString()));
      request.on('end', () => {
        found = { headers: request.headers, body: text };
        response.end();
      });
    }),
  );
  await sendWebhook(targetAt(`http://127.0.0.1:${port}/`), { key: 'c/notice/1/desk', body }, { at });
  return found!;
}

async function post(url: string, headers: IncomingHttpHeaders, body: string): Promise<number> {
  const { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': signature } = headers;
  const response = await fetch(url, {
    method: 'POST',
    body,
    headers: {
      'webhook-id': String(id),
      'webhook-timestamp': String(time),
      'webhook-signature': String(signature),
    },
  });
  await response.text();
  return response.status;
}

describe('the receiver of the examples', () => {
  it('takes what is sent, and acts once on what is sent twice', async () => {
    const { acted, url } = await receiver();
    const message = { key: 'c/notice/1/desk', body: '{"type":"margin_call.called"}' };
    expect(await sendWebhook(targetAt(url), message, { at: nowSeconds() })).toEqual({ isSent: true });
    expect(await sendWebhook(targetAt(url), message, { at: nowSeconds() })).toEqual({ isSent: true });
    expect(acted).toEqual([{ type: 'margin_call.called' }]);
  });

  it('refuses what is forged, altered or old, and acts on nothing that is played again', async () => {
    const { acted, url } = await receiver();
    const wire = await tapped('{"amount":1}');
    expect(await post(url, wire.headers, '{"amount":2}')).toBe(401);
    expect(await post(url, { ...wire.headers, 'webhook-id': 'other' }, wire.body)).toBe(401);
    const forged = targetAt(url, { secret: `whsec_${Buffer.from('f'.repeat(32)).toString('base64')}` });
    expect(await sendWebhook(forged, { key: 'x', body: '{}' }, { at: nowSeconds() })).toMatchObject({
      ...{ isSent: false, isFinal: false, error: expect.stringContaining('answered 401') },
    });
    const old = await tapped('{"amount":1}', nowSeconds() - 600);
    expect(await post(url, old.headers, old.body)).toBe(401);
    expect(await post(url, { ...old.headers, 'webhook-timestamp': String(nowSeconds()) }, old.body)).toBe(
      401,
    );
    expect(acted).toEqual([]);
    expect(await post(url, wire.headers, wire.body)).toBe(200);
    expect(await post(url, wire.headers, wire.body)).toBe(200);
    expect(acted).toEqual([{ amount: 1 }]);
  });
});

describe('a webhook', () => {
  it('is not sent into private networks, whatever a name leads to', async () => {
    const { acted, url } = await receiver();
    const at = nowSeconds();
    const message = { key: 'k', body: '{}' };
    const named = targetAt('https://hooks.example.com/', { allowsPrivate: false });
    for (const addresses of [
      ['127.0.0.1'],
      ['93.184.216.34', '10.0.0.1'],
      ['::ffff:169.254.169.254'],
      ['fd00::1'],
    ]) {
      const sent = await sendWebhook(named, message, { at, resolve: () => Promise.resolve(addresses) });
      expect(sent).toMatchObject({ isSent: false, error: expect.stringMatching(/is on a private network$/) });
    }
    expect(await sendWebhook(targetAt(url, { allowsPrivate: false }), message, { at })).toMatchObject({
      ...{ isSent: false, isFinal: true },
    });
    expect(acted).toEqual([]);
  });

  it('goes to the address that was looked at, once, however the name answers later', async () => {
    const { acted, url } = await receiver();
    let asked = 0;
    const resolve = () => Promise.resolve(asked++ === 0 ? ['127.0.0.1'] : ['192.0.2.1']);
    const target = targetAt(url.replace('127.0.0.1', 'hooks.example.com'));
    expect(await sendWebhook(target, { key: 'k', body: '{}' }, { at: nowSeconds(), resolve })).toEqual({
      isSent: true,
    });
    expect([asked, acted.length]).toEqual([1, 1]);
  });

  it('follows no redirect, and is over for good only where the receiver says that he is gone', async () => {
    const { acted, url } = await receiver();
    let status = 307;
    const port = await listen(
      createServer((_, response) => response.writeHead(status, { location: url }).end('no')),
    );
    const send = () =>
      sendWebhook(targetAt(`http://127.0.0.1:${port}/`), { key: 'k', body: '{}' }, { at: nowSeconds() });
    expect(await send()).toEqual({
      ...{ isSent: false, error: 'answered 307, and redirects are not followed: no', isFinal: false },
    });
    status = 410;
    expect(await send()).toMatchObject({ isSent: false, isFinal: true });
    status = 500;
    expect(await send()).toMatchObject({ isSent: false, isFinal: false });
    expect(acted).toEqual([]);
  });
});

describe('addresses', () => {
  it.each(['8.8.8.8', '1.1.1.1', '2606:4700:4700::1111', '::ffff:8.8.8.8'])('%s is public', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
  it.each([
    ...[
      '127.0.0.1',
      '10.1.2.3',
      '172.31.0.1',
      '192.168.1.1',
      '169.254.169.254',
      '100.64.0.1',
      '0.0.0.0',
      '224.0.0.1',
    ],
    ...[
      '::1',
      '::',
      'fe80::1',
      'fd12::1',
      '::ffff:127.0.0.1',
      '::ffff:a00:1',
      '64:ff9b::a00:1',
      'ff02::1',
      'x',
    ],
  ])('%s is not', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe('targets', () => {
  const good = {
    name: 'desk',
    audience: 'desk',
    channel: 'webhook',
    url: 'https://a.example/x',
    secretEnv: 'KEY',
  };

  it('are read with their secrets', () => {
    const read = readTargets([good, { ...good, name: 'alice', audience: 'borrower', owner: '0xAB' }], ENV);
    expect(read).toMatchObject([{ secret: SECRET, allowsPrivate: false }, { owner: '0xab' }]);
  });

  it.each([
    [
      'a channel that there is not',
      { ...good, channel: 'fax' },
      'targets[0].channel: "fax" is no channel: there is webhook',
    ],
    ['nobody', { ...good, audience: 'press' }, 'targets[0].audience: "press" is nobody who is told'],
    ['no TLS', { ...good, url: 'http://a.example' }, 'targets[0].url: http:// is refused'],
    [
      'a file',
      { ...good, url: 'file:///etc/passwd', allowsPrivate: true },
      'targets[0].url: file:// is refused',
    ],
    [
      'a private address',
      { ...good, url: 'https://10.0.0.1/' },
      'targets[0].url: 10.0.0.1 is on a private network',
    ],
    [
      'one in other digits',
      { ...good, url: 'https://0x7f000001/' },
      'targets[0].url: 127.0.0.1 is on a private network',
    ],
    [
      'this machine',
      { ...good, url: 'https://localhost/' },
      'targets[0].url: localhost is on a private network',
    ],
    ['a password', { ...good, url: 'https://a:b@a.example' }, 'targets[0].url: a name and password'],
    ['no URL', { ...good, url: 'a.example' }, 'targets[0].url: "a.example" is no URL'],
    [
      'a key that is not there',
      { ...good, secretEnv: 'NONE' },
      'targets[0].secretEnv: the environment has no NONE',
    ],
    [
      'a key that can be guessed',
      { ...good, secretEnv: 'SHORT' },
      'targets[0].secretEnv: its key has 3 bytes',
    ],
    ['a key that is none', { ...good, secretEnv: 'BAD' }, 'targets[0].secretEnv: it'],
  ])('refuse %s', (_, value, words) => {
    expect(() => readTargets([value], ENV)).toThrow(words);
  });

  it('refuse two of a name', () => {
    expect(() => readTargets([good, good], ENV)).toThrow('targets[1].name: "desk" is the name of another');
  });
});

describe('the waits between attempts', () => {
  it('double up to an hour, and end after more than four hours', () => {
    const waits = Array.from({ length: MOST_ATTEMPTS }, (_, at) => waitAfter(at + 1));
    expect(waits.slice(0, 4)).toEqual([5, 10, 20, 40]);
    expect(waits.slice(-2)).toEqual([3_600, undefined]);
    const hours = waits.reduce<number>((sum, wait) => sum + (wait ?? 0), 0) / 3_600;
    expect(hours).toBeGreaterThan(4);
    expect(hours).toBeLessThan(6);
  });
});
