import type { Fact } from '@undertow/market';
import { openTestDatabase, type TestDatabase } from '../fixtures/test-database.ts';
import {
  forgetChain,
  migrate,
  openStore,
  readCheckpoint,
  readFeedSeries,
  revertTo,
  rollUp,
  writeFacts,
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

/** A Monday, 00:00 UTC. */
const MONDAY = 1_704_067_200;
const HOUR = 3_600;

const write = (chainId: number, answers: readonly bigint[]) => {
  const facts = answers.map((answer, block): Fact => ({
    ...{ kind: 'PricePosted', chainId, block, logIndex: 0, part: 0, time: MONDAY + block * HOUR },
    ...{ feed: 'feed', answer, round: 1n, updatedAt: 0 },
  }));
  const block = answers.length - 1;
  return writeFacts(store, {
    ...{ chainId, facts, blocks: [] },
    checkpoint: { block, hash: '0x01', time: MONDAY + block * HOUR },
  });
};

/** The store, where something happens right after a roll-up has chosen what to aggregate. */
function interruptedBy(meanwhile: () => Promise<unknown>): Store {
  let happened = false;
  const query = async (text: string, values: unknown[]): Promise<unknown> => {
    const result: unknown = await store.pool.query(text, values);
    if (!happened && text.includes('AS rolled')) {
      happened = true;
      await meanwhile();
    }
    return result;
  };
  const pool = new Proxy(store.pool, {
    get: (target, name) => {
      if (name === 'query') return query;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? (value as () => unknown).bind(target) : value;
    },
  });
  return { ...store, pool };
}

const dayOf = async (chainId: number) => {
  const wanted = { chainId, feed: 'feed', decimals: 0, from: MONDAY, to: MONDAY + 1, step: 'day' } as const;
  return (await readFeedSeries(store, wanted)).points.map(({ open, close }) => [open, close]);
};

describe('a roll-up calls nothing true that changed while it aggregated', () => {
  const first = Array.from({ length: 72 }, (_, hour) => BigInt(hour));
  const other = first.map((answer) => answer + 100n);

  it.each<[string, (chainId: number) => Promise<unknown>, number[]]>([
    [
      'the chain was forgotten and built anew',
      async (chainId) => {
        await forgetChain(store, chainId);
        await write(chainId, other);
      },
      [100, 123],
    ],
    [
      'the chain went back and on',
      async (chainId) => {
        await revertTo(store, chainId, 5);
        await write(chainId, [...first.slice(0, 6), ...other.slice(6)]);
      },
      [0, 123],
    ],
    [
      'a fact was found late',
      async (chainId) => {
        const fact: Fact = {
          ...{ kind: 'PricePosted', chainId, block: 23, logIndex: 1, part: 0, time: MONDAY + 23 * HOUR },
          ...{ feed: 'feed', answer: 7n, round: 1n, updatedAt: 0 },
        };
        const checkpoint = { block: 71, hash: '0x01', time: MONDAY + 71 * HOUR } as const;
        await writeFacts(store, { chainId, facts: [fact], blocks: [], checkpoint });
      },
      [0, 7],
    ],
  ])('%s', async (what, change, day) => {
    const chainId = 1 + what.length;
    await write(chainId, first);
    expect(
      await rollUp(
        interruptedBy(() => change(chainId)),
        chainId,
      ),
    ).toBe(0);
    expect(await dayOf(chainId)).toEqual([day]);
    expect(await rollUp(store, chainId)).toBe(1);
    expect(await dayOf(chainId)).toEqual([day]);
  });
});

it('a fact of a new block that names an older time is a revision, and a range that is repeated is none', async () => {
  const chainId = 500;
  await write(chainId, [1n, 2n, 3n]);
  await write(chainId, [1n, 2n, 3n]);
  expect((await readCheckpoint(store, chainId))!.revision).toBe(0);
  const fact: Fact = {
    ...{ kind: 'PricePosted', chainId, block: 3, logIndex: 0, part: 0, time: MONDAY },
    ...{ feed: 'feed', answer: 7n, round: 1n, updatedAt: 0 },
  };
  const checkpoint = { block: 3, hash: '0x03', time: MONDAY + 3 * HOUR } as const;
  await writeFacts(store, { chainId, facts: [fact], blocks: [], checkpoint });
  expect((await readCheckpoint(store, chainId))!.revision).toBeGreaterThan(0);
});
