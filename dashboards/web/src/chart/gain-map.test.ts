import { toHtml } from '../markup/to-html.ts';
import { barRows } from './bar-rows.ts';
import { gainMap, leastWidth } from './gain-map.ts';

const map = {
  ...{ label: 'gains', columns: ['−20 %', 'as now'], rows: ['up', 'down'] },
  gainsUsd: [
    [-400, 100],
    [undefined, 0],
  ],
  binding: { row: 0, column: 0 },
} as const;

it.each(['light', 'dark'] as const)(
  'frames the cell that binds, and leaves out what the grid has not: %s',
  (theme) => {
    const drawn = toHtml(gainMap({ ...map, theme, width: 400 }));
    expect(drawn.match(/<rect/g)).toHaveLength(3);
    expect(drawn.match(/stroke-width="2.5"/g)).toHaveLength(1);
    expect(drawn).toContain('−20 %, up: −$400, which binds');
    expect(drawn).toContain('as now, down: $0<');
    expect(drawn).not.toMatch(/NaN|undefined/);
  },
);

it('is as wide as its numbers need where there is less room', () => {
  const least = leastWidth(map);
  expect(toHtml(gainMap({ ...map, theme: 'light', width: least - 50 }))).toContain(`width="${least}"`);
});

it('draws bars on one scale, and none of what is not above 0', () => {
  const row = (name: string, ...values: number[]) => ({
    ...{ name, said: '', words: name },
    bars: values.map((value) => ({ pattern: 'solid' as const, value })),
  });
  const drawn = toHtml(
    barRows({ id: 'x', rows: [row('a', 100, 0), row('b', -5, 50)], theme: 'light', width: 201 }),
  );
  const widths = [...drawn.matchAll(/<rect[^>]*height="9"[^>]*>/g)].map(
    ([rect]) => /width="(\d+)"/.exec(rect)![1],
  );
  expect(widths).toEqual(['200', '100']);
});
