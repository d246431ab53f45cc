import type { Markup } from '../../markup/element.ts';
import { toHtml } from '../../markup/to-html.ts';
import { reproductionChart, reproductionNumber, reproductionSentence } from './chart.ts';

const lineOf = (values: readonly (number | null)[]) => ({
  asset: { address: '0xe1', symbol: 'WETH' },
  points: values.map((reproduction, i) => ({ move: -i / 10, reproduction })),
});

const draw = (values: readonly (number | null)[], theme: 'light' | 'dark' = 'light') =>
  reproductionChart({ line: lineOf(values), theme, width: 220, top: 2 });

function pathsOf(markup: Markup): Record<string, string> {
  return Object.fromEntries(
    markup.children.flatMap((child) =>
      typeof child !== 'string' && child.tag === 'path' ? [[child.key, String(child.attributes['d'])]] : [],
    ),
  );
}

test('the area above 1 begins and ends where the line passes 1', () => {
  const { above, line } = pathsOf(draw([0.5, 1.5, 0.5]));
  expect(line?.match(/[ML]/g)).toHaveLength(3);
  // Half-way between the drops, from 0 to 1 above and back below: five points there and five back.
  const xs = [...(above ?? '').matchAll(/[ML]([\d.]+),/g)].map(([, x]) => Number(x));
  const [from, to] = [24, 212];
  expect(xs.slice(0, 5)).toEqual([0, 0.25, 0.5, 0.75, 1].map((part) => from + (to - from) * part));
});

test('1 is always marked; what cannot be known is left out', () => {
  expect(toHtml(draw([0.2, null, 0.4]))).toContain('stroke-dasharray');
  for (const values of [[null, null], [0, 0, 0], [9, 9], [0.5]])
    expect(toHtml(draw(values, 'dark'))).not.toMatch(/NaN|undefined|Infinity/);
});

test('the words say where it stands, how high it goes and where it is above 1', () => {
  expect(reproductionSentence(lineOf([0.5, 1.5, 2.25, 0]))).toBe(
    '0.50 now; highest 2.25 at −20\u202f%; above 1 from −10\u202f% to −20\u202f%',
  );
  expect(reproductionSentence(lineOf([0.5, 0.1]))).toBe(
    '0.50 now; no higher below; not above 1 down to −10\u202f%',
  );
  expect(reproductionSentence(lineOf([1.5, 1.5, 0, 2]))).toContain(
    'above 1 from now to −10\u202f%, at −30\u202f%',
  );
  expect(reproductionSentence(lineOf([null]))).toContain('no pool is known');
  expect([0, 0.001, 0.5, 12.34, null].map(reproductionNumber)).toEqual(['0', '<0.01', '0.50', '12.3', '–']);
});
