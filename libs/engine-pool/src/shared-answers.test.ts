import type { Rank } from './rank.ts';
import { SharedAnswers } from './shared-answers.ts';

function underway() {
  const { promise: done, resolve, reject } = Promise.withResolvers<number>();
  const rank = { urgency: 'sweep', block: 0 } as Rank;
  const counted = {
    ...{ done, resolve, rank, begun: 0, stopped: 0 },
    start: () => {
      counted.begun++;
      return counted;
    },
    stop: (reason: unknown) => {
      counted.stopped++;
      reject(reason);
    },
  };
  return counted;
}

const rank: Rank = { urgency: 'question', block: 3 };

it('begins what several ask for once, as soon as the most urgent of them wants it', async () => {
  const answers = new SharedAnswers();
  const one = underway();
  const { start } = one;
  const asked = [
    answers.ask('a', { rank: { urgency: 'measurement', block: 1 } }, start),
    answers.ask('a', { rank }, start),
    answers.ask('a', { rank: { urgency: 'sweep', block: 9 } }, start),
  ];
  expect(one.rank).toEqual(rank);
  one.resolve(7);
  expect(await Promise.all(asked)).toEqual([7, 7, 7]);
  expect(one.begun).toBe(1);
});

it('goes on while anybody waits, and stops when nobody does', async () => {
  const answers = new SharedAnswers();
  const one = underway();
  const [first, second] = [new AbortController(), new AbortController()];
  const asked = [first, second].map(({ signal }) => answers.ask('a', { rank, signal }, one.start));
  first.abort(new Error('first left'));
  await expect(asked[0]).rejects.toThrow('first left');
  expect(one.stopped).toBe(0);
  second.abort(new Error('second left'));
  await expect(asked[1]).rejects.toThrow('second left');
  expect(one.stopped).toBe(1);
  // What was stopped is nobody's answer.
  const again = underway();
  const after = answers.ask('a', { rank }, again.start);
  again.resolve(8);
  expect(await after).toBe(8);
});

it('does not begin for who has left already', async () => {
  const one = underway();
  const signal = AbortSignal.abort(new Error('gone'));
  await expect(new SharedAnswers().ask('a', { rank, signal }, one.start)).rejects.toThrow('gone');
  expect(one.begun).toBe(0);
});
