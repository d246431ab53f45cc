import { jest } from '@jest/globals';
import { nothingLoaded, type Loaded } from './loaded.ts';
import { rounds } from './rounds.ts';
import { openingState, type State } from './state.ts';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

const head = (block: number, hash = `0x${block}`) => ({ chainId: 1, block, hash, time: 0, reorg: false });

/** Two parts of a screen that answer when the test says so. */
function screenOf() {
  let state: State = { ...openingState(0), connection: 'live' };
  const store = { get: () => state, set: (change: Partial<State>) => void (state = { ...state, ...change }) };
  const parts = [0, 1].map(() => ({ loaded: nothingLoaded as Loaded<unknown>, asked: [] as unknown[] }));
  const members = () =>
    parts.map((part) => {
      const ask = () => void part.asked.push(state.pinned ?? state.screen?.block);
      return { one: { refresh: ask, follow: ask, restart: ask }, loaded: () => part.loaded };
    });
  const it = rounds(store, members);
  return {
    ...{ it, store },
    asked: () => parts.map(({ asked }) => asked),
    hear(block: number, hash?: string) {
      store.set({ head: head(block, hash) });
      it.look();
    },
    answer(part: number, problem?: Loaded<unknown>['problem']) {
      parts[part]!.loaded = { ...nothingLoaded, value: 1, asked: state.screen, problem };
      it.look();
    },
  };
}

test('all parts are asked at one head, and at the newest when all have answered', async () => {
  const { asked, hear, answer } = screenOf();
  hear(7);
  answer(0);
  for (const block of [8, 9]) hear(block);
  await jest.advanceTimersByTimeAsync(5_000);
  expect(asked()).toEqual([[7], [7]]);
  answer(1);
  expect(asked()).toEqual([
    [7, 9],
    [7, 9],
  ]);
});

test('not faster than anyone can read, and a part without an answer is not waited for', async () => {
  const { asked, hear, answer } = screenOf();
  hear(7);
  answer(0);
  answer(1, { kind: 'refused', message: 'no' });
  hear(8);
  await jest.advanceTimersByTimeAsync(1_900);
  expect(asked()[0]).toEqual([7]);
  await jest.advanceTimersByTimeAsync(200);
  expect(asked()[0]).toEqual([7, 8]);
});

test('a part that takes very long is left behind; another hash at the same height is another head', async () => {
  const { asked, hear, answer } = screenOf();
  hear(7);
  answer(0);
  hear(7, '0xother');
  await jest.advanceTimersByTimeAsync(29_000);
  expect(asked()[0]).toEqual([7]);
  await jest.advanceTimersByTimeAsync(1_100);
  expect(asked()).toEqual([
    [7, 7],
    [7, 7],
  ]);
});

test('while a block is pinned heads change nothing; let go, the screen is at the newest', async () => {
  const { asked, hear, store, it } = screenOf();
  store.set({ pinned: 5 });
  it.restart();
  hear(8);
  await jest.advanceTimersByTimeAsync(60_000);
  expect(asked()).toEqual([[5], [5]]);
  store.set({ pinned: undefined });
  it.restart();
  expect(asked()[1]).toEqual([5, 8]);
});
