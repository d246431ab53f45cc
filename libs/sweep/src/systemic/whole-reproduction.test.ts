import { reproduction } from '@undertow/cascade';
import { crowdBook } from '../../../cascade/src/fixtures/crowd-books.ts';
import { spectralRadius, wholeReproduction } from './whole-reproduction.ts';

const rows = (...lines: number[][]) => lines.map((line) => Float64Array.from(line));

describe('spectralRadius', () => {
  it('is the known one of small matrices', () => {
    expect(spectralRadius([])).toBe(0);
    expect(spectralRadius(rows([0.7]))).toBeCloseTo(0.7, 12);
    // [[a, b], [b, a]] has a ± b; two that only feed each other, √(2 × 0.5); a rotation, complex ones.
    expect(spectralRadius(rows([0.3, 0.4], [0.4, 0.3]))).toBeCloseTo(0.7, 12);
    expect(spectralRadius(rows([0, 2], [0.5, 0]))).toBeCloseTo(1, 12);
    expect(spectralRadius(rows([0, 0, 1], [1, 0, 0], [0, 1, 0]))).toBeCloseTo(1, 12);
  });
});

describe('wholeReproduction', () => {
  it('is at least that of any asset by itself, and grows where more is due', () => {
    const book = crowdBook();
    const points = wholeReproduction(book, { drops: [0, 0.2] });
    const now = reproduction(book, { drops: [0] }).map(({ points: [point] }) => point!.reproduction ?? 0);
    expect(points[0]!.reproduction).toBeGreaterThanOrEqual(Math.max(...now) - 1e-12);
    expect(points[1]!.reproduction).toBeGreaterThan(points[0]!.reproduction);
    expect(points[0]!.leftOut).toEqual(['USDC', 'wstETH']);
  });
});
