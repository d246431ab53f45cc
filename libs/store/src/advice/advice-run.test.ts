import { openTestDatabase, type TestDatabase } from '../fixtures/test-database.ts';
import {
  dropOldAdvices,
  forgetChain,
  keepAdviceRun,
  migrate,
  openStore,
  readAdviceRuns,
  readAdvices,
  type NewAdviceRun,
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

const run = (id: string, isScheduled = false): NewAdviceRun => ({
  id,
  chainId: 1,
  block: 7,
  blockHash: '0x07',
  bookHash: 'b',
  inputsHash: 'i',
  asked: '{"confidence":0.99}',
  isScheduled,
  startedAt: 1_700_000_000,
  together: undefined,
  advices: ['liquidationThreshold', 'loanToValue'].map((parameter) => ({
    venue: 'v',
    market: 'm',
    parameter,
    adviceHash: `${id} ${parameter}`,
    inputsHash: 'i',
    content: `{"value":0.1,"run":"${id}"}`,
  })),
});

describe('stored advices', () => {
  it('are read back as they were kept, the newest first, and kept once', async () => {
    await keepAdviceRun(store, run('a'));
    await keepAdviceRun(store, { ...run('a'), block: 8 });
    await keepAdviceRun(store, { ...run('b', true), together: '{}' });
    const [newest, older] = await readAdviceRuns(store, { chainId: 1, most: 5 });
    expect(newest).toEqual({ ...run('b', true), together: '{}', endedAt: expect.any(Number) });
    expect(older).toEqual({ ...run('a'), endedAt: expect.any(Number) });
    expect(await readAdviceRuns(store, { chainId: 1, id: 'a', most: 1 })).toEqual([older]);
    expect(await readAdviceRuns(store, { chainId: 1, isScheduled: true, most: 9 })).toEqual([newest]);
    expect(await readAdviceRuns(store, { chainId: 2, most: 5 })).toEqual([]);
  });

  it('are found by parameter, so many of each', async () => {
    const of = { chainId: 1, venue: 'v', market: 'm' };
    const newest = await readAdvices(store, { ...of, each: 1, most: 9 });
    expect(newest.map(({ run: of, content }) => [of, content])).toEqual(
      [run('b'), run('b')].map(({ id, advices }) => [id, advices[0]!.content]),
    );
    const both = await readAdvices(store, { ...of, parameter: 'loanToValue', each: 5, most: 9 });
    expect(both.map(({ run: of }) => of)).toEqual(['b', 'a']);
    expect(await readAdvices(store, { ...of, market: 'other', each: 1, most: 9 })).toEqual([]);
  });

  it('go with their chain, and when newer ones are kept', async () => {
    expect(await dropOldAdvices(store, { chainId: 1, keep: 1 })).toBe(1);
    expect(await readAdviceRuns(store, { chainId: 1, id: 'a', most: 1 })).toEqual([]);
    await forgetChain(store, 1);
    expect(await readAdvices(store, { chainId: 1, each: 1, most: 9 })).toEqual([]);
  });
});
