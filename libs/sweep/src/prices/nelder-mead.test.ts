import { nelderMead } from './nelder-mead.ts';

describe('nelderMead', () => {
  it("finds the end of Rosenbrock's valley, and the middle of a bowl", () => {
    const valley = ([x, y]: readonly number[]) => 100 * (y! - x! ** 2) ** 2 + (1 - x!) ** 2;
    for (const value of nelderMead(valley, { start: [-1.2, 1], width: 0.5 })) expect(value).toBeCloseTo(1, 5);
    const bowl = (at: readonly number[]) => at.reduce((sum, x, axis) => sum + (x - axis) ** 2, 7);
    const found = nelderMead(bowl, { start: [9, 9, 9], width: 1 });
    for (const [axis, value] of found.entries()) expect(value).toBeCloseTo(axis, 5);
  });
});
