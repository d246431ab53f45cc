import { jest } from '@jest/globals';
import { ApiDown, QueryRefused } from '../graph/ask.ts';
import type { Loaded } from './loaded.ts';
import { question } from './question.ts';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

/** A question whose answers the test gives by hand. */
function asked() {
  const flights: { signal: AbortSignal; answer: (value: number) => void; fail: (cause: Error) => void }[] =
    [];
  const shown: Loaded<number>[] = [];
  const load = (signal: AbortSignal) =>
    new Promise<number>((answer, fail) => {
      signal.addEventListener('abort', () => fail(new Error('aborted')));
      flights.push({ signal, answer, fail });
    });
  return {
    flights,
    shown,
    last: () => shown.at(-1),
    it: question(load, (loaded) => void shown.push(loaded)),
  };
}

test('a burst of heads asks once at once, and once more when calm has passed', async () => {
  const { flights, it } = asked();
  for (let i = 0; i < 20; i++) it.refresh();
  await jest.advanceTimersByTimeAsync(0);
  expect(flights).toHaveLength(1);
  for (let i = 0; i < 20; i++) it.refresh();
  flights[0]?.answer(1);
  await jest.advanceTimersByTimeAsync(1_900);
  expect(flights).toHaveLength(1);
  await jest.advanceTimersByTimeAsync(200);
  expect(flights).toHaveLength(2);
});

test('a silent API is asked again with growing waits, and the old answer stays', async () => {
  const { flights, last, it } = asked();
  it.refresh();
  await jest.advanceTimersByTimeAsync(0);
  flights[0]?.answer(7);
  await jest.advanceTimersByTimeAsync(2_000);
  it.refresh();
  await jest.advanceTimersByTimeAsync(0);
  for (let i = 1; i <= 6; i++) {
    flights[i]?.fail(new ApiDown('the API does not answer'));
    await jest.advanceTimersByTimeAsync(0);
    expect(last()).toMatchObject({ value: 7, problem: { kind: 'down', message: 'the API does not answer' } });
    await jest.advanceTimersByTimeAsync(Math.min(15_000, 1_000 * 2 ** (i - 1)) - 1);
    expect(flights).toHaveLength(i + 1);
    await jest.advanceTimersByTimeAsync(1);
    expect(flights).toHaveLength(i + 2);
  }
  flights[7]?.answer(8);
  await jest.advanceTimersByTimeAsync(0);
  expect(last()).toMatchObject({ value: 8, problem: undefined });
});

test('a refusal is shown with its text', async () => {
  const { flights, last, it } = asked();
  it.refresh();
  await jest.advanceTimersByTimeAsync(0);
  flights[0]?.fail(new QueryRefused('no asset is called FOO'));
  await jest.advanceTimersByTimeAsync(0);
  expect(last()).toMatchObject({
    value: undefined,
    problem: { kind: 'refused', message: 'no asset is called FOO' },
  });
});

test('a changed question drops the one under way; its late answer is never shown', async () => {
  const { flights, shown, last, it } = asked();
  it.refresh();
  await jest.advanceTimersByTimeAsync(0);
  it.restart();
  await jest.advanceTimersByTimeAsync(0);
  expect(flights[0]?.signal.aborted).toBe(true);
  flights[0]?.answer(1);
  flights[1]?.answer(2);
  await jest.advanceTimersByTimeAsync(0);
  expect(shown.map(({ value }) => value)).not.toContain(1);
  expect(last()).toMatchObject({ value: 2, isOpening: false });
});

test('a refused question is asked again, later', async () => {
  const { flights, it } = asked();
  it.refresh();
  await jest.advanceTimersByTimeAsync(0);
  flights[0]?.fail(new QueryRefused('not ready'));
  await jest.advanceTimersByTimeAsync(14_999);
  expect(flights).toHaveLength(1);
  await jest.advanceTimersByTimeAsync(1);
  expect(flights).toHaveLength(2);
});

test('who follows another question asks at once, however recently it asked', async () => {
  const { flights, last, it } = asked();
  it.follow();
  await jest.advanceTimersByTimeAsync(0);
  flights[0]?.answer(1);
  await jest.advanceTimersByTimeAsync(10);
  it.follow();
  await jest.advanceTimersByTimeAsync(0);
  expect(flights).toHaveLength(2);
  expect(last()).toMatchObject({ value: 1, isOpening: false });
});
