import fc from 'fast-check';
import { contrast, luminance } from '../../chart/contrast.ts';
import { MEASURE_IDS } from './measure.ts';
import { heatScale } from './scale.ts';

const THEMES = ['light', 'dark'] as const;
const CASES = THEMES.flatMap((theme) => MEASURE_IDS.map((measure) => [theme, measure] as const));

test.each(CASES)('%s, %s: more is always further from the page, also in greyscale', (theme, measure) => {
  const { fillAt } = heatScale(measure, theme, [1e6]);
  const lights = Array.from({ length: 101 }, (_, i) => luminance(fillAt(i / 100)));
  for (let i = 1; i < lights.length; i++) {
    const step = (lights[i] ?? 0) - (lights[i - 1] ?? 0);
    expect(theme === 'dark' ? step : -step).toBeGreaterThan(-0.002);
  }
  expect(Math.abs((lights[0] ?? 0) - (lights[100] ?? 0))).toBeGreaterThan(0.4);
});

test.each(CASES)('%s, %s: every number can be read on its colour', (theme, measure) => {
  fc.assert(
    fc.property(fc.double({ min: 1e-3, max: 1e12, noNaN: true }), (value) => {
      const colour = heatScale(measure, theme, [value, 1e12]).colour(value);
      return colour !== undefined && contrast(colour.fill, colour.ink) >= 4.5;
    }),
  );
});

test('nothing liquidated has no colour', () => {
  const { colour } = heatScale('amplification', 'light', [null, 1.4]);
  expect([colour(null), colour(0)]).toEqual([undefined, undefined]);
});

test('the scale stays where it is while values move a little', () => {
  const at = (value: number) => heatScale('liquidated', 'light', [value]).ticks.at(-1)?.value;
  expect([at(12.1e6), at(13.9e6), at(19.9e6), at(20.1e6)]).toEqual([15e6, 15e6, 20e6, 25e6]);
});

test('the legend ends at most a quarter above the largest value', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1.25, max: 1e12, noNaN: true }),
      fc.constantFrom(...MEASURE_IDS),
      (value, measure) => {
        const top = heatScale(measure, 'light', [value]).ticks.at(-1)?.value ?? 0;
        return top >= value * (1 - 1e-6) && top <= value * 1.25 * (1 + 1e-6);
      },
    ),
  );
});

test('a heatmap of zeros and one of nothing still have a legend', () => {
  for (const values of [[], [0, 0], [null]]) {
    for (const measure of MEASURE_IDS) {
      for (const { at, value } of heatScale(measure, 'dark', values).ticks) {
        expect(Number.isFinite(at) && Number.isFinite(value)).toBe(true);
      }
    }
  }
});
