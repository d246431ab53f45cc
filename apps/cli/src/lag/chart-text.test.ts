import { chartText } from './chart-text.ts';

const HOUR = 3_600;
const picture = {
  title: 'A coin',
  lines: [
    { name: 'oracle', kind: 'answers', times: [0, 24 * HOUR], prices: [100, 90] },
    { name: 'market', kind: 'market', times: [0, 12 * HOUR], prices: [98, 96] },
  ],
  shaded: [
    { kind: 'deviating', severity: 'warning', start: 0, end: 47 * HOUR },
    { kind: 'deviating', severity: 'critical', start: 24 * HOUR, end: undefined },
  ],
  from: 0,
  to: 48 * HOUR,
} as const;

test('the oracle is a line that steps, a market is dots that end where it vanished, and flags have a row', () => {
  const lines = chartText(picture, 60).split('\n');
  expect(lines[0]).toBe('A coin: ─ oracle   · market');
  expect(lines.every((line) => line.length <= 60)).toBe(true);
  const rows = lines.filter((line) => line.includes('┤'));
  expect(rows.at(0)).toMatch(/^ +100\.\d*┤─+╮$/);
  expect(rows.at(-1)).toMatch(/^ +90\.\d*┤ +╰─+$/);
  const dots = rows.map((row) => row.lastIndexOf('·'));
  expect(Math.max(...dots)).toBeLessThan(30);
  expect(lines.find((line) => line.startsWith(' deviating'))).toMatch(/^ deviating {2}░+▓+$/);
});

test('what is not known is said, and a price that never moves is drawn', () => {
  expect(chartText({ ...picture, lines: [] }, 60)).toContain('nothing is known');
  const still = { ...picture, lines: [{ ...picture.lines[0], times: [0], prices: [1] }] };
  expect(chartText(still, 60)).toMatch(/┤─+/);
});
