import { jest } from '@jest/globals';
import { answerOf, blockOf, type Asked } from './asked.ts';
import type { Frame } from './frame.ts';
import { questions } from './questions.ts';
import { openingState, type State } from './state.ts';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

const head = (block: number) => ({ chainId: 1, block, hash: `0x${block}`, time: 0, reorg: false });

/** What is asked answers with its block, when the test lets it. */
function asking(key: string, change: Partial<Asked<string>> = {}) {
  const asked: (number | undefined)[] = [];
  const waiting: (() => void)[] = [];
  const one: Asked<string> = {
    ...{ key, followsBlock: true },
    load: (state, signal) =>
      new Promise((done, fail) => {
        const block = blockOf(state);
        asked.push(block);
        waiting.push(() => done(`${key} at ${block}`));
        signal.addEventListener('abort', () => fail(signal.reason as Error));
      }),
    ...change,
  };
  const answer = async () => {
    for (const done of waiting.splice(0)) done();
    await jest.advanceTimersByTimeAsync(0);
  };
  return { one, asked, answer };
}

/** A page that needs what the test says, at a head. */
async function pageOf(...needed: Asked<string>[]) {
  let state: State = { ...openingState(0), connection: 'live', head: head(7) };
  let onPage = needed;
  const frame: Frame = {
    get: () => state,
    set(change) {
      state = { ...state, ...change };
      it.follow();
    },
    ...{ write: () => undefined, go: () => undefined },
  };
  // The status is asked everywhere: it fails here, as nobody answers it.
  globalThis.fetch = () => Promise.reject(new Error('nobody'));
  const it = questions(frame, () => onPage);
  it.follow();
  it.hear();
  await jest.advanceTimersByTimeAsync(0);
  return {
    ...{ it, frame },
    valueOf: (one: Asked<string>) => answerOf(state, one).value,
    async goTo(...others: Asked<string>[]) {
      onPage = others;
      it.follow();
      await jest.advanceTimersByTimeAsync(0);
    },
  };
}

test('what a page needs is asked once, at the head; another page asks its own, and what both need not again', async () => {
  const [a, b, c] = ['a', 'b', 'c'].map((key) => asking(key)) as [Tried, Tried, Tried];
  const { goTo, valueOf } = await pageOf(a.one, b.one, b.one);
  for (const one of [a, b]) await one.answer();
  expect([a.asked, b.asked, valueOf(a.one)]).toEqual([[7], [7], 'a at 7']);
  await goTo(b.one, c.one);
  await c.answer();
  expect([a.asked, b.asked, c.asked]).toEqual([[7], [7], [7]]);
  await goTo(a.one);
  expect(a.asked).toEqual([7]);
});

test('what nobody looks at is let go: it is not waited for, and asked anew when somebody comes back', async () => {
  const [a, slow] = [asking('a'), asking('slow')];
  const { goTo, it, frame, valueOf } = await pageOf(a.one, slow.one);
  await a.answer();
  await goTo(a.one);
  frame.set({ head: head(8) });
  it.hear();
  await jest.advanceTimersByTimeAsync(3_000);
  await a.answer();
  expect(a.asked).toEqual([7, 8]);
  await slow.answer();
  expect(valueOf(slow.one)).toBeUndefined();
  await goTo(slow.one);
  expect(slow.asked).toEqual([7, 8]);
});

test('what is about something else is asked anew at once, and forgets the answer before where it must', async () => {
  const about = { about: ({ measure }: State) => measure };
  const [kept, forgotten] = [asking('kept', about), asking('forgotten', { ...about, forgets: true })];
  const { frame, valueOf } = await pageOf(kept.one, forgotten.one);
  for (const one of [kept, forgotten]) await one.answer();
  frame.set({ measure: 'stuck' });
  await jest.advanceTimersByTimeAsync(0);
  expect([kept.asked, forgotten.asked]).toEqual([
    [7, 7],
    [7, 7],
  ]);
  expect([valueOf(kept.one), valueOf(forgotten.one)]).toEqual(['kept at 7', undefined]);
  frame.set({ said: 'nothing that it is about' });
  await kept.answer();
  expect(kept.asked).toEqual([7, 7]);
});

test('what is not to be asked waits until it is; an answer may be what makes it so', async () => {
  const second = asking('second', { isAsked: ({ moves }) => moves !== undefined });
  const first = asking('first', { then: ({ value }, { set }) => void (value && set({ moves: [] })) });
  await pageOf(first.one, second.one);
  expect(second.asked).toEqual([]);
  await first.answer();
  expect(second.asked).toEqual([7]);
});

test('a pinned block is another question; what is live is asked again with the news, as often as it may change', async () => {
  const [a, live] = [asking('a'), asking('live', { followsBlock: false, everySeconds: 60 })];
  const { it, frame } = await pageOf(a.one, live.one);
  for (const one of [a, live]) await one.answer();
  frame.set({ pinned: 5 });
  await jest.advanceTimersByTimeAsync(0);
  expect(a.asked).toEqual([7, 5]);
  await jest.advanceTimersByTimeAsync(30_000);
  it.refresh();
  await jest.advanceTimersByTimeAsync(31_000);
  expect(live.asked).toHaveLength(1);
  it.refresh();
  await jest.advanceTimersByTimeAsync(0);
  expect(live.asked).toHaveLength(2);
});

type Tried = ReturnType<typeof asking>;
