import { deviation, mean } from 'd3-array';
import { chiSquaredAt, normalAt, uniformAt, wholeAt } from './draws.ts';

const COUNT = 20_000;
const drawn = (draw: (index: number) => number) => Array.from({ length: COUNT }, (_, index) => draw(index));

describe('draws', () => {
  it('have the means and deviations of their distributions, within five standard errors', () => {
    const uniform = drawn((index) => uniformAt({ seed: 1, index, dimension: 0 }));
    const normal = drawn((index) => normalAt({ seed: 1, index, dimension: 1 }));
    const chiSquared = drawn((index) => chiSquaredAt({ seed: 1, index, dimension: 2 }, 4));
    const error = (scale: number) => (5 * scale) / Math.sqrt(COUNT);
    expect(Math.abs(mean(uniform)! - 0.5)).toBeLessThan(error(Math.sqrt(1 / 12)));
    expect(Math.abs(mean(normal)!)).toBeLessThan(error(1));
    expect(Math.abs(deviation(normal)! - 1)).toBeLessThan(error(Math.SQRT1_2));
    expect(Math.abs(mean(chiSquared)! - 4)).toBeLessThan(error(Math.sqrt(8)));
  });

  it('are functions of seed, scenario and dimension alone, and differ in each of them', () => {
    const place = { seed: 2 ** 40 + 7, index: 3, dimension: 5 };
    const others = [
      { ...place, seed: 7 },
      { ...place, index: 4 },
      { ...place, dimension: 6 },
    ];
    expect(normalAt({ ...place })).toBe(normalAt(place));
    expect(new Set([place, ...others].map(normalAt)).size).toBe(4);
  });

  it('reach every whole number below a bound and none else', () => {
    const found = new Set(drawn((index) => wholeAt({ seed: 1, index, dimension: 0 }, 7)));
    expect([...found].sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });
});
