import { EventEmitter, once } from 'node:events';
import type { Hex } from '@undertow/market';
import { ConfigError, RetryableError } from '@undertow/units';
import {
  claimChain,
  listenHeads,
  migrate,
  openStore,
  countIncidents,
  readIncidents,
  recordIncident,
  resolveIncident,
  revertTo,
  writeFacts,
  type HeadNotice,
  type Store,
} from './index.ts';
import { openTestDatabase, type TestDatabase } from './fixtures/test-database.ts';

let database: TestDatabase;
let store: Store;

beforeAll(async () => {
  database = await openTestDatabase();
  store = await openStore(database.connectionString);
  await migrate(store);
});

afterAll(async () => {
  await store?.close();
  await database?.close();
});

const hashOf = (block: number): Hex => `0x${block.toString(16).padStart(64, '0')}`;
const write = (chainId: number, block: number) =>
  writeFacts(store, {
    ...{ chainId, facts: [], checkpoint: { block, hash: hashOf(block), time: block } },
    blocks: [{ number: block, hash: hashOf(block), parentHash: hashOf(block - 1), time: block }],
  });
const head = (chainId: number, block: number, reorg: boolean): HeadNotice => ({
  ...{ chainId, block, hash: hashOf(block), time: block, reorg },
});

/** Heads of one chain as they are told. */
async function hearHeads(chainId: number) {
  const events = new EventEmitter();
  const heard: HeadNotice[] = [];
  const errors: Error[] = [];
  const listener = await listenHeads(
    database.connectionString,
    (notice) => {
      if (notice.chainId !== chainId) return;
      heard.push(notice);
      events.emit('change');
    },
    {
      onError: (error) => {
        errors.push(error);
        events.emit('change');
      },
    },
  );
  const until = async (met: () => boolean) => {
    while (!met()) await once(events, 'change');
  };
  return { heard, errors, until, close: () => listener.close() };
}

describe('listenHeads', () => {
  it('tells the head there is, then every change in order', async () => {
    await write(1, 5);
    const heads = await hearHeads(1);
    await write(1, 6);
    await write(1, 6);
    await write(1, 7);
    await revertTo(store, 1, 5);
    await write(1, 6);
    await heads.until(() => heads.heard.length >= 5);
    await heads.close();
    const expected = [
      head(1, 5, false),
      head(1, 6, false),
      head(1, 7, false),
      head(1, 5, true),
      head(1, 6, false),
    ];
    expect(heads.heard).toEqual(expected);
  });

  it('connects again after a break and tells what it missed', async () => {
    await write(2, 1);
    const heads = await hearHeads(2);
    await store.pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'undertow listener'
       AND datname = current_database()`,
    );
    await write(2, 2);
    await heads.until(() => heads.heard.at(-1)?.block === 2);
    await write(2, 3);
    await heads.until(() => heads.heard.at(-1)?.block === 3);
    await heads.close();
    expect(heads.errors[0]).toBeInstanceOf(RetryableError);
    expect(heads.heard.map(({ block }) => block)).toEqual([1, 2, 3]);
  });

  it('shows what it cannot read and goes on', async () => {
    const heads = await hearHeads(3);
    await store.pool.query(
      `SELECT pg_notify('undertow_head', '{"chainId": 3}'), pg_notify('undertow_head', 'x')`,
    );
    await heads.until(() => heads.errors.length === 2);
    await write(3, 1);
    await heads.until(() => heads.heard.length === 1);
    await heads.close();
    expect(heads.errors[0]?.message).toMatch(/something else than a head/);
  });
});

describe('claimChain', () => {
  it('lets one write at a time, and says who does', async () => {
    const claim = await claimChain(store, 10);
    await expect(claimChain(store, 10)).rejects.toThrow(/Another indexer writes chain 10 .*since .* UTC/);
    await expect(claimChain(store, 10)).rejects.toBeInstanceOf(ConfigError);
    await (await claimChain(store, 11)).release();
    await claim.release();
    await claim.lost;
    await (await claimChain(store, 10)).release();
  });

  it('tells when it is lost', async () => {
    const claim = await claimChain(store, 12);
    await store.pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'undertow writer of chain 12'
       AND datname = current_database()`,
    );
    await claim.lost;
    await (await claimChain(store, 12)).release();
  });
});

describe('incidents', () => {
  it('are noted once while open, and resolved by id or kind', async () => {
    const incident = { chainId: 1, kind: 'endpoint', message: 'rpc lies: use another' } as const;
    const first = await recordIncident(store, incident);
    expect(await recordIncident(store, incident)).toBe(first);
    const other = await recordIncident(store, { ...incident, kind: 'deep-reorg' });
    expect(await readIncidents(store, 10)).toMatchObject([
      { id: other, kind: 'deep-reorg', resolved: false },
      { id: first, ...incident, resolved: false },
    ]);
    expect(await resolveIncident(store, { id: other })).toBe(1);
    expect(await resolveIncident(store, { chainId: 1, kind: 'endpoint' })).toBe(1);
    expect(await resolveIncident(store, { chainId: 1, kind: 'endpoint' })).toBe(0);
    expect((await readIncidents(store, 10)).every(({ resolved }) => resolved)).toBe(true);
    expect(await recordIncident(store, incident)).toBeGreaterThan(first);
    expect(await readIncidents(store, 1)).toMatchObject([{ ...incident, resolved: false }]);
    await recordIncident(store, { ...incident, chainId: 2 });
    const open = { chainId: 1, kind: 'endpoint', resolved: false } as const;
    const [newest, ...others] = await readIncidents(store, 10, open);
    expect(others).toEqual([]);
    expect(await readIncidents(store, 10, { ...open, after: newest!.id })).toEqual([]);
    const earlier = await readIncidents(store, 10, { chainId: 1, after: newest!.id });
    expect(earlier.map(({ id }) => id)).toEqual([other, first]);
    const last = await readIncidents(store, 1, { chainId: 1, isFromEnd: true });
    expect(last.map(({ id }) => id)).toEqual([first]);
    const between = { chainId: 1, after: newest!.id, before: first, isFromEnd: true };
    expect((await readIncidents(store, 1, between)).map(({ id }) => id)).toEqual([other]);
    expect((await readIncidents(store, 9, { chainId: 1, isFromEnd: true })).map(({ id }) => id)).toEqual([
      newest!.id,
      other,
      first,
    ]);
    expect(await countIncidents(store, { chainId: 1 })).toBe(3);
    expect(await countIncidents(store, { chainId: 1, from: 0, to: 1 })).toBe(0);
    expect(await countIncidents(store, { chainId: 1, from: 1 })).toBe(3);
  });
});
