import { toHtml } from '../../markup/to-html.ts';
import { historyChart, historySentence, measureTitle } from './chart.ts';
import { shownMeasures } from './load.ts';

const point = (time: number, value: number, spread = 0) => ({
  ...{ time, value, least: value - spread, greatest: value + spread, blocks: 3 },
});
const line = (points: readonly ReturnType<typeof point>[], measure = 'lossUsd', subject = 'ETH=-0.3') => ({
  ...{ measure, subject, points },
});
const START = 1_700_000_000;

test('the words say where it stands, between what it was, and since when', () => {
  const moved = line([point(START, 2e6, 1e6), point(START + 3_600, 5e6)]);
  expect(historySentence(moved)).toBe('$5.00M; between $1.00M and $5.00M since 2023-11-14 22:13 UTC');
  expect(historySentence(line([point(START, 7)], 'dueAccounts', ''))).toMatch(/^7; the same at every/);
  expect(historySentence(line([point(START, 0.99)], 'coverage', ''))).toMatch(/^99\u202f%; /);
  expect(historySentence(line([{ ...point(START, 7), blocks: 1 }], 'dueAccounts', ''))).toBe(
    '7; measured once, 2023-11-14 22:13 UTC',
  );
  expect(historySentence(line([]))).toBe('not measured yet');
  expect(measureTitle(moved)).toBe('Loss at ETH −30\u202f%');
  expect(measureTitle(line([], 'debtUsd', ''))).toBe('Debt');
});

test.each([
  ['no point', []],
  ['one point', [point(START, 5)]],
  ['zeros', [point(START, 0), point(START + 60, 0)]],
  ['many', Array.from({ length: 500 }, (_, i) => point(START + i * 60, i, 1))],
])('%s is drawn without what is not a number', (_name, points) => {
  for (const theme of ['light', 'dark'] as const)
    expect(toHtml(historyChart({ line: line(points), theme, width: 220 }))).not.toMatch(
      /NaN|undefined|Infinity/,
    );
});

test('a fall of 30 % of each reference is shown, then the state of the book', () => {
  const measured = [
    ...['accounts', 'coverage', 'debtUsd', 'dueAccounts'].map((name) => ({ name, subject: '' })),
    { name: 'debtUsd', subject: 'a venue' },
    ...['BTC=-0.3', 'ETH=-0.2', 'ETH=-0.3', 'ETH=0.3'].map((subject) => ({ name: 'lossUsd', subject })),
  ];
  expect(shownMeasures(measured).map(({ name, subject }) => `${name} ${subject}`.trim())).toEqual([
    ...['lossUsd BTC=-0.3', 'lossUsd ETH=-0.3', 'debtUsd', 'dueAccounts', 'coverage'],
  ]);
});
