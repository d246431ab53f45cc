import { openTestDatabase, type TestDatabase } from '../fixtures/test-database.ts';
import {
  CallsChangedError,
  forgetChain,
  keepCalls,
  migrate,
  openStore,
  readCallLog,
  readDueCalls,
  readEndedCalls,
  readNotices,
  readOpenCalls,
  reviveNotices,
  settleNotices,
  takeNotices,
  type CallsToKeep,
  type KeptCall,
  type NewNotice,
  type Store,
} from '../index.ts';

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

const NOW = 1_767_614_400;
const OF = { chainId: 1, policy: 'p' };

const call = (id: string, change: Partial<KeptCall> = {}): KeptCall => ({
  ...{
    id,
    caseId: `case ${id}`,
    venue: 'v',
    owner: id,
    market: '',
    state: 'called',
    rung: 'call',
    isOpen: true,
  },
  ...{
    openedAt: NOW,
    closedAt: undefined,
    closedBlock: undefined,
    nextTimerAt: NOW + 60,
    content: `{"a":0.1,"id":"${id}"}`,
  },
  ...change,
});

const notice = (key: string, of: string): NewNotice => ({
  ...{ key, call: of, channel: 'webhook', target: 'desk', body: '{}', createdAt: NOW, notBefore: NOW },
});

/** Entries whose hashes say only where they stand: what they are of is the business of libs/calls. */
const keep = (change: Partial<CallsToKeep>, texts: readonly string[] = []) =>
  keepCalls(store, {
    ...{ ...OF, changes: [], notices: [] },
    entriesAfter: (head) =>
      texts.map((text, i) => {
        const seq = (head?.seq ?? 0) + 1 + i;
        const previous = i === 0 ? (head?.hash ?? 'none') : `hash ${seq - 1}`;
        return {
          seq,
          previous,
          hash: `hash ${seq}`,
          kind: 'decision',
          call: 'a',
          at: NOW,
          content: { text },
        };
      }),
    ...change,
  });

describe('kept margin calls', () => {
  it('are read back as they were kept, with their log and notices, all or nothing', async () => {
    const changes = [
      { call: call('a'), version: 0 },
      { call: call('b', { nextTimerAt: undefined }), version: 0 },
    ];
    await keep({ changes, notices: [notice('a/1', 'a')] }, ['opened', 'told']);
    expect(await readOpenCalls(store, OF)).toEqual([
      { ...call('a'), version: 1 },
      { ...call('b', { nextTimerAt: undefined }), version: 1 },
    ]);
    expect(
      (await readCallLog(store, { after: 0, most: 9 })).map(({ seq, previous, content }) => [
        seq,
        previous,
        content,
      ]),
    ).toEqual([
      [1, 'none', { text: 'opened' }],
      [2, 'hash 1', { text: 'told' }],
    ]);
    // The same account again, as another process would open it.
    const twice = keep(
      { changes: [{ call: call('c', { owner: 'a' }), version: 0 }], notices: [notice('c/1', 'c')] },
      ['x'],
    );
    await expect(twice).rejects.toThrow(CallsChangedError);
    expect(await readCallLog(store, { after: 2, most: 9 })).toEqual([]);
    expect((await readNotices(store, { most: 9 })).map(({ key }) => key)).toEqual(['a/1']);
    expect(await readOpenCalls(store, { ...OF, policy: 'other' })).toEqual([]);
  });

  it('are changed by whoever has read their last version', async () => {
    expect((await readDueCalls(store, { ...OF, at: NOW + 59, most: 9 })).length).toBe(0);
    expect((await readDueCalls(store, { ...OF, at: NOW + 60, most: 9 })).map(({ id }) => id)).toEqual(['a']);
    const cured = call('a', {
      state: 'cured',
      isOpen: false,
      closedAt: NOW + 9,
      closedBlock: 12,
      nextTimerAt: undefined,
    });
    await keep({ changes: [{ call: cured, version: 1 }] }, ['cured']);
    await expect(keep({ changes: [{ call: call('a'), version: 1 }] })).rejects.toThrow(CallsChangedError);
    expect((await readOpenCalls(store, OF)).map(({ id }) => id)).toEqual(['b']);
    expect(await readEndedCalls(store, { ...OF, since: NOW })).toEqual([{ ...cured, version: 2 }]);
    expect(await readEndedCalls(store, { ...OF, since: NOW + 10 })).toEqual([]);
    // Once it is over, the account may be called again.
    await keep({ changes: [{ call: call('d', { owner: 'a' }), version: 0 }] });
  });

  it('have a log that only grows, also when several write at once', async () => {
    await Promise.all(Array.from({ length: 8 }, (_, i) => keep({}, [`${i}`, `${i}`])));
    const log = await readCallLog(store, { after: 0, most: 99 });
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, i) => i + 1));
    expect(log.slice(1).map(({ previous }) => previous)).toEqual(log.slice(0, -1).map(({ hash }) => hash));
    for (const sql of [
      `UPDATE margin_call_log SET content = '{}' WHERE seq = 1`,
      'DELETE FROM margin_call_log',
      'TRUNCATE margin_call_log',
    ])
      await expect(store.pool.query(sql)).rejects.toThrow('the log of margin calls only grows');
    expect((await readCallLog(store, { after: 0, most: 99 })).length).toBe(log.length);
  });

  it('have notices that are sent at least once, wait longer each time, and are put aside in the end', async () => {
    const take = (at: number) => takeNotices(store, { at, leaseSeconds: 30, most: 9 });
    const [taken] = await take(NOW);
    expect(taken).toMatchObject({ key: 'a/1', attempts: 1, state: 'waiting' });
    expect(await take(NOW + 29)).toEqual([]);
    // Whoever had it was killed.
    expect(await take(NOW + 30)).toMatchObject([{ key: 'a/1', attempts: 2 }]);
    await settleNotices(store, [{ key: 'a/1', error: 'refused', nextAttemptAt: NOW + 100 }]);
    expect(await take(NOW + 99)).toEqual([]);
    expect(await take(NOW + 100)).toMatchObject([{ attempts: 3, lastError: 'refused' }]);
    await settleNotices(store, [{ key: 'a/1', error: 'gone', nextAttemptAt: undefined }]);
    expect(await readNotices(store, { state: 'dead', most: 9 })).toMatchObject([
      { key: 'a/1', lastError: 'gone' },
    ]);
    expect([await reviveNotices(store, NOW + 200), await reviveNotices(store, NOW + 200)]).toEqual([1, 0]);
    expect(await take(NOW + 200)).toMatchObject([{ key: 'a/1', attempts: 1 }]);
    await settleNotices(store, [{ key: 'a/1', sentAt: NOW + 201 }]);
    await settleNotices(store, [{ key: 'a/1', error: 'slow', nextAttemptAt: NOW + 300 }]);
    expect(await readNotices(store, { call: 'a', most: 9 })).toMatchObject([
      { state: 'sent', sentAt: NOW + 201 },
    ]);
    expect(await take(NOW + 999)).toEqual([]);
  });

  it('are not taken twice by two who send at the same time', async () => {
    await keep({ notices: Array.from({ length: 40 }, (_, i) => notice(`b/${i}`, 'b')) });
    const both = await Promise.all(
      [1, 2, 3, 4].map(() => takeNotices(store, { at: NOW, leaseSeconds: 30, most: 10 })),
    );
    expect(new Set(both.flat().map(({ key }) => key)).size).toBe(40);
  });

  it('go with their chain, but for the log', async () => {
    await forgetChain(store, 1);
    expect([await readOpenCalls(store, OF), await readNotices(store, { most: 9 })]).toEqual([[], []]);
    expect((await readCallLog(store, { after: 0, most: 1 })).length).toBe(1);
  });
});
