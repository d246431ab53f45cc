import { gunzipSync, gzipSync } from 'node:zlib';
import { openTestDatabase, type TestDatabase } from '../fixtures/test-database.ts';
import {
  claimWork,
  countReports,
  dropOldReportRuns,
  dropOldReports,
  dropReportBooks,
  endReportRun,
  forgetChain,
  holdReportBook,
  keepReport,
  keepReportBook,
  migrate,
  openStore,
  readReportBook,
  readReportBundle,
  readReportRuns,
  readReports,
  signReport,
  startReportRun,
  type NewReport,
  type NewReportRun,
  type SignedBundle,
  type Store,
} from '../index.ts';

let database: TestDatabase;
let store: Store;

beforeAll(async () => {
  database = await openTestDatabase();
  store = await openStore(database.connectionString);
  await migrate(store);
  await keepReportBook(store, 'book', packed('{"book":1}'));
});

afterAll(async () => {
  await store?.close();
  await database?.close();
});

const packed = (text: string) => ({ gzip: gzipSync(text), bytes: text.length });
const text = (bundle: { readonly gzip: Uint8Array } | undefined) =>
  bundle && gunzipSync(bundle.gzip).toString();

const report = (id: string, of: Partial<NewReport> = {}): NewReport => ({
  ...{ id, chainId: 1, block: 7, blockHash: '0x07', bookHash: 'book', kind: 'state', schedule: undefined },
  ...{ subject: `State 100% of ${id}`, venues: ['v'] },
  ...packed(`{"id":"${id}"}`),
  ...of,
});

describe('stored reports', () => {
  it('are the very bytes, kept once, and listed the newest first without them', async () => {
    await keepReport(store, report('a'));
    await keepReport(store, report('b', { kind: 'sweep', venues: ['v', 'w'], schedule: 'daily' }));
    const first = await readReports(store, { chainId: 1, most: 9 });
    await keepReport(store, report('a', { subject: 'another', ...packed('{}') }));
    expect(text(await readReportBundle(store, 'a'))).toBe('{"id":"a"}');
    expect(await readReportBundle(store, 'c')).toBeUndefined();
    expect(await readReports(store, { chainId: 1, most: 9 })).toEqual(first);
    const { gzip: _, ...head } = report('b', { kind: 'sweep', venues: ['v', 'w'], schedule: 'daily' });
    expect(first.map(({ id }) => id)).toEqual(['b', 'a']);
    expect(first[0]).toEqual({
      ...head,
      signers: [],
      number: expect.any(Number),
      madeAt: expect.any(Number),
    });
  });

  it('are found by kind, venue, schedule and letters, which are no pattern, and in pages', async () => {
    const ids = async (where: object) =>
      (await readReports(store, { chainId: 1, most: 9, ...where })).map(({ id }) => id);
    expect(await ids({ kind: 'sweep' })).toEqual(['b']);
    expect(await ids({ venue: 'w' })).toEqual(['b']);
    expect(await ids({ isScheduled: true })).toEqual(['b']);
    expect(await ids({ text: 'state 100% OF a' })).toEqual(['a']);
    expect(await ids({ text: 'state % a' })).toEqual([]);
    expect(await ids({ text: "'; DROP TABLE report; --\0" })).toEqual([]);
    const [newest] = await readReports(store, { chainId: 1, most: 1 });
    expect(await ids({ after: newest!.number })).toEqual(['a']);
    expect(await ids({ most: 1, isFromEnd: true })).toEqual(['a']);
    expect(await countReports(store, { chainId: 1, venue: 'v' })).toBe(2);
    expect(await ids({ chainId: 2 })).toEqual([]);
  });

  it('have books that they share, which stay as long as one is of them', async () => {
    expect(text(await readReportBook(store, 'a'))).toBe('{"book":1}');
    expect(await readReportBook(store, 'c')).toBeUndefined();
    await keepReportBook(store, 'unused', packed('{}'));
    expect(await holdReportBook(store, 'unused')).toBe(true);
    expect(await dropReportBooks(store)).toBe(0);
    await store.pool.query(`UPDATE report_book SET kept_at = now() - interval '2 hours'`);
    expect(await dropReportBooks(store)).toBe(1);
    expect(await holdReportBook(store, 'unused')).toBe(false);
    await expect(keepReport(store, report('d', { bookHash: 'unused' }))).rejects.toThrow();
  });

  it('are signed by everybody who signs at once', async () => {
    const sign = (signer: string) =>
      signReport(store, 'a', async (bundle): Promise<SignedBundle> => {
        const signed = `${text(bundle)!} ${signer}`;
        return { ...packed(signed), signers: signed.split(' ').slice(1) };
      });
    expect(await Promise.all(['0x1', '0x2', '0x3'].map(sign))).toEqual([true, true, true]);
    const [, signed] = await readReports(store, { chainId: 1, most: 2 });
    expect(signed!.signers.toSorted()).toEqual(['0x1', '0x2', '0x3']);
    expect(
      text(await readReportBundle(store, 'a'))!
        .split(' ')
        .slice(1),
    ).toEqual(signed!.signers);
    expect(await signReport(store, 'no', () => Promise.reject(new Error('not asked')))).toBe(false);
  });

  it('go when newer ones are kept, by how they were made, unless somebody signed', async () => {
    for (const id of ['e', 'f', 'g']) await keepReport(store, report(id));
    for (const id of ['h', 'i']) await keepReport(store, report(id, { schedule: 'daily' }));
    expect(await dropOldReports(store, { chainId: 1, scheduled: 2, asked: 1 })).toBe(3);
    const left = await readReports(store, { chainId: 1, most: 9 });
    expect(left.map(({ id }) => id)).toEqual(['i', 'h', 'g', 'a']);
  });
});

describe('makings of reports', () => {
  const run = (id: string): NewReportRun => ({
    ...{ id, chainId: 1, block: 7, blockHash: '0x07', bookHash: 'book', kind: 'state' },
    ...{ question: '{}', schedule: undefined },
  });

  it('begin once, begin again after they failed, and stay when they are done', async () => {
    const begun = await startReportRun(store, run('r'));
    expect(begun).toMatchObject({ ...run('r'), state: 'running', report: undefined, endedAt: undefined });
    expect(await startReportRun(store, run('r'))).toEqual(begun);
    await endReportRun(store, 'r', { state: 'failed', reason: 'why' });
    const [failed] = await readReportRuns(store, { chainId: 1, id: 'r', most: 1 });
    expect(failed).toMatchObject({ state: 'failed', reason: 'why', endedAt: expect.any(Number) });
    expect(await startReportRun(store, run('r'))).toMatchObject({ state: 'running', reason: undefined });
    expect(await endReportRun(store, 'r', { state: 'done', report: 'g' })).toBe(true);
    expect(await startReportRun(store, run('r'))).toMatchObject({ state: 'done', report: 'g' });
    expect(await endReportRun(store, 'r', { state: 'cancelled' })).toBe(false);
  });

  it('are made by one process at a time', async () => {
    const claim = (await claimWork(store, 'report', 'r'))!;
    expect(await claimWork(store, 'report', 'r')).toBeUndefined();
    await (await claimWork(store, 'sweep', 'r'))!.release();
    await claim.release();
  });

  it('go with their chain, their report, and where newer ones came to nothing', async () => {
    for (const id of ['s', 't']) {
      await startReportRun(store, run(id));
      await endReportRun(store, id, { state: 'cancelled' });
    }
    expect(await dropOldReportRuns(store, { chainId: 1, keep: 1 })).toBe(1);
    await forgetChain(store, 1);
    expect(await readReports(store, { chainId: 1, most: 9 })).toEqual([]);
    expect(await readReportRuns(store, { chainId: 1, most: 9 })).toEqual([]);
  });
});
