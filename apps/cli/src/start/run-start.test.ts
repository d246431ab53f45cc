import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runStart } from './run-start.ts';

const folder = mkdtempSync(join(tmpdir(), 'undertow-run-start-'));
const before = process.env['DATABASE_URL'];
let server: Server | undefined;

afterEach(() => {
  if (before === undefined) delete process.env['DATABASE_URL'];
  else process.env['DATABASE_URL'] = before;
  server?.close();
  server = undefined;
});
afterAll(() => rmSync(folder, { recursive: true }));

const data = join(folder, 'data');
const start = (url: string) => {
  process.env['DATABASE_URL'] = url;
  return runStart({ data, port: 0, seed: 1, accounts: 1, agent: false });
};

async function freePort(): Promise<number> {
  const listener = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => listener.once('listening', resolve));
  const { port } = listener.address() as AddressInfo;
  await new Promise((resolve) => listener.close(resolve));
  return port;
}

describe('runStart with --port', () => {
  it('builds nothing when another program has the port', async () => {
    server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server!.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    await expect(runStart({ data, port, seed: 1, accounts: 1, agent: false })).rejects.toThrow(
      `Port ${port} of 127.0.0.1 is in use by another program. Give another one with --port`,
    );
    expect(existsSync(data)).toBe(false);
  });
});

describe('runStart with DATABASE_URL', () => {
  it('builds nothing when the database is out of reach or the address is none', async () => {
    await expect(start(`postgresql://u:p@127.0.0.1:${await freePort()}/d`)).rejects.toThrow(
      /database is down.*correct DATABASE_URL/,
    );
    await expect(start('localhost')).rejects.toThrow(/DATABASE_URL is not a PostgreSQL address/);
    expect(existsSync(data)).toBe(false);
  });

  it('builds nothing when the server is too old', async () => {
    const { port } = await oldPostgres();
    await expect(start(`postgresql://u@127.0.0.1:${port}/d`)).rejects.toThrow(
      /PostgreSQL 14\.9.*15 or newer/,
    );
    expect(existsSync(data)).toBe(false);
  });
});

/** Speaks just enough of PostgreSQL's protocol to say that it is 14.9. */
async function oldPostgres(): Promise<AddressInfo> {
  const text = (value: string) => Buffer.from(`${value}\0`);
  const message = (type: string, ...parts: Buffer[]) => {
    const body = Buffer.concat(parts);
    return Buffer.concat([Buffer.from(type), int(body.length + 4, 4), body]);
  };
  const int = (value: number, bytes: 2 | 4) => {
    const buffer = Buffer.alloc(bytes);
    buffer.writeIntBE(value, 0, bytes);
    return buffer;
  };
  const column = (name: string, oid: number) =>
    Buffer.concat([text(name), int(0, 4), int(0, 2), int(oid, 4), int(-1, 2), int(-1, 4), int(0, 2)]);
  const value = (shown: string) => Buffer.concat([int(shown.length, 4), Buffer.from(shown)]);
  const ready = message('Z', Buffer.from('I'));
  server = createServer((socket) => {
    let isGreeted = false;
    socket.on('data', (data) => {
      if (!isGreeted) socket.write(Buffer.concat([message('R', int(0, 4)), ready]));
      else if (data[0] === 0x51)
        socket.write(
          Buffer.concat([
            message('T', int(2, 2), column('number', 23), column('name', 25)),
            message('D', int(2, 2), value('140009'), value('14.9')),
            message('C', text('SELECT 1')),
            ready,
          ]),
        );
      isGreeted = true;
    });
    socket.on('error', () => undefined);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server?.once('listening', resolve));
  return server.address() as AddressInfo;
}
