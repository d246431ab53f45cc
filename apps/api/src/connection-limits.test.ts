import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { buildSchema } from 'graphql';
import { limitConnections, limitRequests } from './limit-requests.ts';
import { MOST_WAITING_BYTES } from './join-socket.ts';
import { ownHost } from './own-host.ts';
import { serveSockets } from './serve-sockets.ts';

// What a client that means harm holds open without asking for anything that is refused.

const LONG = 'x'.repeat(1_000_000);
const schema = buildSchema('type Query { long: String }');
schema.getQueryType()!.getFields()['long']!.resolve = () => LONG;

let server: Server;
let sockets: ReturnType<typeof serveSockets>;
const broken: unknown[] = [];
const clients: Socket[] = [];

beforeEach(async () => {
  server = createServer({ connectionsCheckingInterval: 20 });
  const mostSockets = { whole: 3, perAddress: 2 };
  const onBroken = (cause: unknown) => void broken.push(cause);
  sockets = serveSockets(server, schema, { isOwnHost: ownHost(), report: () => {}, onBroken, mostSockets });
  await once(server.listen(0, '127.0.0.1'), 'listening');
});

afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  server.closeAllConnections();
  await sockets.close();
  await new Promise((done) => server.close(done));
});

/** A client that never closes its own end, whatever the server does. */
function open(): Socket {
  const { port } = server.address() as AddressInfo;
  const client = connect({ port, host: '127.0.0.1', allowHalfOpen: true }).on('error', () => {});
  clients.push(client);
  return client;
}

const UPGRADE = (path: string) =>
  `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n` +
  'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n';

/** What the server says first. */
async function firstOf(socket: Socket): Promise<string> {
  const [chunk] = (await once(socket, 'data')) as [Buffer];
  return String(chunk);
}

/** Waits until the server has so many connections. */
async function connections(count: number): Promise<void> {
  for (;;) {
    const there = await new Promise<number>((done) => server.getConnections((_, found) => done(found)));
    if (there === count) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

it('closes an upgrade at another path, also when its client keeps its end open', async () => {
  const socket = open();
  socket.write(UPGRADE('/elsewhere'));
  expect(await firstOf(socket)).toMatch(/^HTTP\/1.1 404 /);
  await connections(0);
});

it('opens so many WebSockets from an address and says 429 to the next, until one is closed', async () => {
  const joined = [open(), open()];
  for (const socket of joined) {
    socket.write(UPGRADE('/graphql'));
    expect(await firstOf(socket)).toMatch(/^HTTP\/1.1 101 /);
  }
  const third = open();
  third.write(UPGRADE('/graphql'));
  expect(await firstOf(third)).toMatch(/^HTTP\/1.1 429 Too Many Requests\r\n[^]*from this address/);
  joined[0]!.destroy();
  await connections(1);
  const next = open();
  next.write(UPGRADE('/graphql'));
  expect(await firstOf(next)).toMatch(/^HTTP\/1.1 101 /);
});

it('closes a client that asks and never reads, before it fills the memory', async () => {
  const client = open();
  client.write(UPGRADE('/graphql'));
  await firstOf(client);
  client.pause();
  client.write(frame('{"type":"connection_init"}'));
  const gone = new Promise((closed) => client.once('close', closed));
  let asked = 0;
  while (!client.destroyed && asked < (20 * MOST_WAITING_BYTES) / LONG.length) {
    const payload = JSON.stringify({ query: '{ long }' });
    client.write(frame(`{"type":"subscribe","id":"${asked++}","payload":${payload}}`));
    await new Promise((resolve) => setImmediate(resolve));
  }
  // It reads only now, to see that nobody is there any more.
  client.resume().once('end', () => client.destroy());
  await gone;
  await connections(0);
});

it('ends a connection that never sends all of a request', async () => {
  limitConnections(server, 60);
  const socket = open();
  socket.write('GET / HTTP/1.1\r\nHost: localh');
  expect(await firstOf(socket)).toMatch(/^HTTP\/1.1 408 /);
  socket.destroy();
});

it('leaves a broken socket to the log of what is not worth a line', async () => {
  const client = open();
  client.write(UPGRADE('/graphql'));
  await firstOf(client);
  broken.length = 0;
  client.resetAndDestroy();
  await connections(0);
  expect(broken.length).toBeLessThanOrEqual(1);
});

describe('limitRequests', () => {
  function ask(limit: ReturnType<typeof limitRequests>, address: string, path = '/graphql') {
    const asked = { code: 0, closed: () => {} };
    const response = {
      once: (_: 'close', closed: () => void) => (asked.closed = closed),
      status: (code: number) => ({ type: () => ({ set: () => ({ send: () => (asked.code = code) }) }) }),
    };
    limit({ path, socket: { remoteAddress: address } }, response, () => (asked.code = 200));
    return asked;
  }

  it('answers so many at a time from an address (429) and in all (503), and who asks for the health always', () => {
    const limit = limitRequests({ whole: 3, perAddress: 2 });
    const asked = ['a', 'a', 'a', 'b', 'b'].map((address) => ask(limit, address));
    expect(asked.map(({ code }) => code)).toEqual([200, 200, 429, 200, 503]);
    expect(ask(limit, 'a', '/healthz').code).toBe(200);
    asked[0]!.closed();
    asked[0]!.closed();
    expect(['a', 'a'].map((address) => ask(limit, address).code)).toEqual([200, 503]);
  });
});

/** A text as one masked WebSocket frame, with a mask of zeros. */
function frame(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const head = length < 126 ? [0x81, 0x80 | length] : [0x81, 0x80 | 126, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([...head, 0, 0, 0, 0]), Buffer.from(text)]);
}
