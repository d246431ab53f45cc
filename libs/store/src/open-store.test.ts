import { createServer, type AddressInfo } from 'node:net';
import { ConfigError, RetryableError } from '@undertow/units';
import { openStore, readCheckpoint } from './index.ts';
import { storeError } from './store-error.ts';
import { openTestDatabase, type TestDatabase } from './fixtures/test-database.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
});

afterAll(() => database?.close());

const changed = (change: (url: URL) => void) => {
  const url = new URL(database.connectionString);
  change(url);
  return url.href;
};

async function failure(work: Promise<unknown>): Promise<Error> {
  return work.then(
    () => Promise.reject(new Error('it worked')),
    (error: Error) => error,
  );
}

describe('openStore', () => {
  it('says what is wrong with the address, the password and the database', async () => {
    for (const [url, message] of [
      ['localhost', /DATABASE_URL is not a PostgreSQL address/],
      [
        changed((url) => (url.pathname = '/nowhere')),
        /database "nowhere" does not exist.*Create the database/,
      ],
      [
        changed((url) => (url.username = 'nobody')),
        /(authentication failed|role "nobody" does not exist).*correct DATABASE_URL/,
      ],
    ] as const) {
      const error = await failure(openStore(url));
      expect(error).toBeInstanceOf(ConfigError);
      expect(error.message).toMatch(message);
    }
  });

  it('says that the database is down', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const error = await failure(openStore(changed((url) => (url.port = String(port)))));
    expect(error).toBeInstanceOf(RetryableError);
    expect(error.message).toMatch(/ECONNREFUSED.*down, starting or out of reach/);
    expect(error.cause).toBeDefined();
  });

  it('asks for a migration when the tables are missing', async () => {
    const store = await openStore(database.connectionString);
    const error = await failure(readCheckpoint(store, 1));
    await store.close();
    expect(error).toBeInstanceOf(ConfigError);
    expect(error.message).toMatch(/migrate the database/);
  });
});

describe('storeError', () => {
  it('knows a full disk, and leaves bugs alone', () => {
    const full = Object.assign(new Error('could not extend file: No space left on device'), {
      code: '53100',
    });
    expect(storeError(full, 'storing')).toBeInstanceOf(RetryableError);
    expect(storeError(full, 'storing').message).toMatch(/While storing: .*free some space/);
    const bug = Object.assign(new Error('syntax error'), { code: '42601' });
    expect(storeError(bug, 'storing')).toBe(bug);
    // What pg says without a code when all connections stay taken.
    const crowded = storeError(new Error('timeout exceeded when trying to connect'), 'reading');
    expect(crowded).toBeInstanceOf(RetryableError);
    expect(crowded.message).toMatch(/was busy/);
  });
});
