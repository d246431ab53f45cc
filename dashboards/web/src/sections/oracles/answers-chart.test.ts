import { toHtml } from '../../markup/to-html.ts';
import { answersChart, answersSentence, type AnswersDrawing } from './answers-chart.ts';

const HOUR = 3_600;
const hours = Array.from({ length: 48 }, (_, hour) => hour * HOUR);
const drawing: AnswersDrawing = {
  title: 'A coin',
  lines: [
    { name: 'oracle', kind: 'answers', times: [0, 24 * HOUR], prices: [100, 90] },
    { name: 'market', kind: 'market', times: hours, prices: hours.map((_, hour) => 100 - hour / 4) },
  ],
  shaded: [
    { kind: 'deviating', severity: 'critical', start: 20 * HOUR, end: 24 * HOUR },
    { kind: 'slow', severity: 'warning', start: 40 * HOUR, end: undefined },
  ],
  from: 0,
  to: 47 * HOUR,
  theme: 'light',
  width: 700,
};

test('answers and markets are drawn with the times that are not to be trusted, each kind in a lane', () => {
  const svg = toHtml(answersChart(drawing));
  expect(svg).toContain('>oracle</text>');
  expect(svg).toContain('>deviating</text>');
  expect(svg).toContain('critical: deviating, from 1970-01-01 20:00 to 1970-01-02 00:00 UTC');
  expect(svg).toContain('warning: slow, from 1970-01-02 16:00 on UTC');
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
});

test('a line of many points has as many as can be seen, with its extremes, and holds up to the end', () => {
  const times = Array.from({ length: 100_000 }, (_, row) => row);
  const prices = times.map((row) => (row === 54_321 ? 1_000 : 100 + (row % 7)));
  const many: AnswersDrawing = {
    ...drawing,
    lines: [{ name: 'oracle', kind: 'answers', times, prices }],
    from: 0,
    to: 200_000,
  };
  const svg = toHtml(answersChart(many));
  const [, path = ''] = / d="(M[^"]*)"/.exec(svg) ?? [];
  const places = path
    .split(/[ML]/)
    .slice(1)
    .map((place) => place.split(',').map(Number));
  expect(places.length).toBeLessThan(8 * 700);
  const tops = places.map(([, y]) => y!);
  expect(Math.min(...tops)).toBeLessThan(60);
  expect(places.at(-1)![0]).toBe(690);
});

test('a price that never moves, and one that is not known, are drawn too', () => {
  const still = {
    ...drawing,
    lines: [{ name: 'oracle', kind: 'answers', times: [0], prices: [1] }],
  } as const;
  expect(toHtml(answersChart(still))).not.toMatch(/NaN|Infinity/);
  expect(toHtml(answersChart({ ...drawing, lines: [], shaded: [] }))).not.toMatch(/NaN|Infinity/);
  expect(answersSentence({ ...drawing, shaded: [] })).toBe(
    'A coin: oracle, market, 1970-01-01 00:00 to 1970-01-02 23:00 UTC; no flag',
  );
});
