import { jest } from '@jest/globals';
import { nothingLoaded, type Loaded } from './loaded.ts';
import { rounds } from './rounds.ts';
import { openingState, type State } from './state.ts';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

const head = (block: number, hash = `0x${block}`) => ({ chainId: 1, block, hash, time: 0, reorg: false });

/** Two sections of a screen that answer when the test says so, and the blocks at which it stood. */
function screenOf() {
  let state: State = { ...openingState(0), connection: 'live' };
  const stood: (number | undefined)[] = [];
  const store = {
    get: () => state,
    set(change: Partial<State>) {
      state = { ...state, ...change };
      if (change.screen) stood.push(change.screen.block);
    },
  };
  const parts: Loaded<unknown>[] = [nothingLoaded, nothingLoaded];
  const it = rounds(store, () => parts);
  return {
    store,
    stood,
    hear(block: number, hash?: string) {
      store.set({ head: head(block, hash) });
      it.look();
    },
    answer(part: number, problem?: Loaded<unknown>['problem']) {
      parts[part] = { ...nothingLoaded, value: 1, asked: state.screen, problem };
      it.look();
    },
  };
}

test('the screen stands at one head until all have answered, and then at the newest', async () => {
  const { stood, hear, answer } = screenOf();
  hear(7);
  answer(0);
  for (const block of [8, 9]) hear(block);
  await jest.advanceTimersByTimeAsync(5_000);
  expect(stood).toEqual([7]);
  answer(1);
  expect(stood).toEqual([7, 9]);
});

test('not faster than anyone can read, and a section without an answer is not waited for', async () => {
  const { stood, hear, answer } = screenOf();
  hear(7);
  answer(0);
  answer(1, { kind: 'refused', message: 'no' });
  hear(8);
  await jest.advanceTimersByTimeAsync(1_900);
  expect(stood).toEqual([7]);
  await jest.advanceTimersByTimeAsync(200);
  expect(stood).toEqual([7, 8]);
});

test('a section that takes very long is left behind; another hash at the same height is another head', async () => {
  const { stood, hear, answer } = screenOf();
  hear(7);
  answer(0);
  hear(7, '0xother');
  await jest.advanceTimersByTimeAsync(29_000);
  expect(stood).toEqual([7]);
  await jest.advanceTimersByTimeAsync(1_100);
  expect(stood).toEqual([7, 7]);
});

test('while a block is pinned heads change nothing', async () => {
  const { stood, hear, store } = screenOf();
  store.set({ pinned: 5 });
  hear(8);
  await jest.advanceTimersByTimeAsync(60_000);
  expect(stood).toEqual([]);
});
