import { toHtml } from '../../markup/to-html.ts';
import { pathChart, pathSentence } from './chart.ts';

const path = [
  { distance: 0, lossUsd: 0 },
  { distance: 1, lossUsd: 100 },
  { distance: 2, lossUsd: 1_050 },
];

test('the way goes up to the loss that was looked for, and the words say how far it is', () => {
  const html = toHtml(pathChart({ path, target: 1_000, theme: 'light', width: 600 }));
  const [, line = ''] = / d="(M[^"]*)"/.exec(html) ?? [];
  const [, x, y] = /L([\d.]+),([\d.]+)$/.exec(line) ?? [];
  expect(html).toContain(`cx="${x}" cy="${y}"`);
  expect(html).toContain('stroke-dasharray="4 3"');
  expect(pathSentence({ path, target: 1_000 })).toBe(
    'From no move to $1.05K at a distance of 2.00, where at least $1.00K is lost; half-way there $100',
  );
});

test('a loss before anything moves, and no way at all, are drawn too', () => {
  const still = [{ distance: 0, lossUsd: 5 }];
  for (const one of [still, []]) {
    const html = toHtml(pathChart({ path: one, target: 5, theme: 'dark', width: 300 }));
    expect(html).not.toMatch(/NaN|Infinity|undefined/);
  }
  expect(pathSentence({ path: [], target: 5 })).toBe('no way');
});
