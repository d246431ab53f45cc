import { toHtml } from '../../markup/to-html.ts';
import { lossChart, lossSentence, type LossDrawing } from './chart.ts';

const risk = (level: number, value: number, high: number | null) => ({
  ...{ level, valueAtRisk: value, interval: { low: value / 2, high } },
  ...{ expectedShortfall: value * 1.5, shortfallInterval: null },
});
const drawing: LossDrawing = {
  ...{ name: 'Loss', atRisk: 'VaR', theme: 'light', width: 700 },
  distribution: {
    ...{ mean: 12, greatest: 900 },
    histogram: {
      zeros: 60,
      bins: [
        { from: 0, to: 100, count: 20 },
        { from: 100, to: 200, count: 0 },
        { from: 200, to: 500, count: 15 },
        { from: 500, to: 1_000, count: 5 },
      ],
    },
    atRisk: [risk(0.95, 500, 800), risk(0.99, 900, null)],
  },
};
const draw = (change: Partial<LossDrawing['distribution']> = {}, more: Partial<LossDrawing> = {}) =>
  toHtml(lossChart({ ...drawing, ...more, distribution: { ...drawing.distribution, ...change } }));

const attributes = (html: string, tag: string, name: string): number[] =>
  [...html.matchAll(new RegExp(`<${tag} [^>]*?\\b${name}="([^"]*)"`, 'g'))].map(([, value]) => Number(value));

test('a bar stands for each bin, as high as the square root of its scenarios, and those with nothing apart', () => {
  const html = draw();
  const heights = attributes(html, 'rect', 'height');
  expect(heights).toHaveLength(5);
  expect(heights[0]! / heights[1]!).toBeCloseTo(Math.sqrt(60 / 20));
  expect(heights[2]).toBe(0);
  const [first, second, third] = attributes(html, 'rect', 'x') as [number, number, number];
  expect(second - first).toBeGreaterThan(third - second);
});

test('a value at risk stands where its bin is, by the logarithm within it, and its interval around it', () => {
  const html = draw();
  const [left] = attributes(html, 'rect', 'x').slice(-1) as [number];
  const [dot] = attributes(html, 'circle', 'cx') as [number, number];
  // 500 is where its bin begins.
  expect(dot).toBeCloseTo(left);
  const middle = attributes(draw({ atRisk: [risk(0.95, Math.sqrt(500 * 1_000), 900)] }), 'circle', 'cx')[0]!;
  const [width] = attributes(html, 'rect', 'width') as [number];
  expect(middle).toBeCloseTo(left + width / 2);
  // An end that is not known goes on to the edge, dashed.
  expect(html.match(/stroke-dasharray="3 3"/g)).toHaveLength(1);
  expect(html).toContain('>ES $750<');
  // Two levels, one interval each: of the expected shortfall neither end is known.
  expect(html.match(/stroke-opacity="0.5"/g)).toHaveLength(2);
});

test('the words say all of it, and nothing at all is drawn too', () => {
  expect(lossSentence(drawing)).toBe(
    'Loss: mean $12, at most $900, nothing in 60 of 100 scenarios; 95\u202f%: VaR $500, ES $750; 99\u202f%: VaR $900, ES $1.35K',
  );
  expect(lossSentence({ ...drawing, distribution: { ...drawing.distribution, atRisk: [] } })).toMatch(
    /of 100 scenarios$/,
  );
  const nothing = { histogram: { zeros: 5, bins: [] }, mean: 0, greatest: 0, atRisk: [risk(0.95, 0, null)] };
  for (const width of [300, 1_400])
    expect(draw(nothing, { width, theme: 'dark' })).not.toMatch(/NaN|Infinity|undefined/);
});
