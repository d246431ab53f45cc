import { stressProgress } from './stress-progress.ts';

it('tells how many moves were tried, for which answer, and clears its line of a terminal', () => {
  const written: string[] = [];
  const progress = stressProgress({ isTTY: true, write: (text) => written.push(text) }, 0);
  progress.begin(2, 3);
  progress.tried(500, 900);
  expect(written).toEqual([]);
  progress.tried(2_500, 1_500);
  progress.measured(4, 11, 1_600);
  progress.measured(5, 11, 1_800);
  progress.end();
  expect(written).toEqual([
    '\r\u001b[K3,000 moves tried, 2000/s, answer 2 of 3',
    '\r\u001b[KReproduction numbers at 5 of 11 drops',
    '\r\u001b[K',
  ]);
});
