import fc from 'fast-check';
import { seededRandom } from './seeded-random.ts';

describe('seededRandom', () => {
  it('stays in its interval and differs between streams', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (seed, stream) => {
        const random = seededRandom(seed, stream);
        const drawn = Array.from({ length: 8 }, () => random.uniform());
        const other = seededRandom(seed, stream + 1);
        expect(drawn.every((value) => value >= 0 && value < 1)).toBe(true);
        expect(Array.from({ length: 8 }, () => other.uniform())).not.toEqual(drawn);
      }),
    );
  });

  it('has the moments of the normal distribution', () => {
    const random = seededRandom(3, 4);
    const drawn = Array.from({ length: 20_000 }, () => random.normal());
    const mean = drawn.reduce((sum, value) => sum + value, 0) / drawn.length;
    const variance = drawn.reduce((sum, value) => sum + (value - mean) ** 2, 0) / drawn.length;
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(Math.abs(variance - 1)).toBeLessThan(0.05);
  });

  it('has branches that differ, each the same every time', () => {
    const draw = (branch: string) => {
      const random = seededRandom(5, 6, branch);
      return Array.from({ length: 8 }, () => random.uniform());
    };
    expect(draw('a')).toEqual(draw('a'));
    expect(new Set(['', 'a', 'b', 'ab', 'ba'].map((branch) => draw(branch).join())).size).toBe(5);
  });
});
