import { normalAt } from '../random/draws.ts';
import { nearestLoss, type NearestLossOptions } from './nearest-loss.ts';

type Loss = (point: Float64Array) => number;

const nearest = (loss: Loss, options: NearestLossOptions) =>
  nearestLoss((points) => Promise.resolve(points.map(loss)), options);

const distanceOf = (point: Float64Array | undefined) => Math.hypot(...point!);

/** Random points within a ball. */
const within = (distance: number, dimensions: number) =>
  Array.from({ length: 3_000 }, (_, index) => {
    const point = Float64Array.from({ length: dimensions }, (_, dimension) =>
      normalAt({ seed: 99, index, dimension }),
    );
    const scale = (distance * ((index + 1) / 3_000) ** (1 / dimensions)) / Math.hypot(...point);
    return point.map((x) => x * scale);
  });

describe('nearestLoss', () => {
  it.each([1, 2, 5, 12])('finds the foot of a plane in %i dimensions, which is known', async (dimensions) => {
    const slope = Float64Array.from({ length: dimensions }, (_, at) => Math.cos(3 * at + 1));
    const loss: Loss = (point) => point.reduce((sum, x, at) => sum + x * slope[at]!, 0);
    const { point, loss: found, searched } = await nearest(loss, { dimensions, target: 4 });
    const truth = 4 / Math.hypot(...slope);
    expect(distanceOf(point)).toBeGreaterThanOrEqual(truth);
    expect(distanceOf(point) / truth).toBeLessThan(1.005);
    expect(found).toBeGreaterThanOrEqual(4);
    expect(searched.evaluations).toBeLessThan(20_000);
  });

  it('finds the nearer of two caps that a valley parts, in steps and with kinks', async () => {
    const cap = (point: Float64Array, centre: readonly number[]) =>
      Math.max(0, 3 - Math.hypot(...centre.map((x, axis) => x - point[axis]!)));
    const loss: Loss = (point) => Math.floor(10 * Math.max(cap(point, [6, 0, 0]), cap(point, [0, -5, 2])));
    const { point } = await nearest(loss, { dimensions: 3, target: 10 });
    const truth = Math.hypot(5, 2) - 2;
    expect(distanceOf(point)).toBeGreaterThanOrEqual(truth - 1e-9);
    expect(distanceOf(point) / truth).toBeLessThan(1.005);
    for (const other of within(truth, 3)) expect(loss(other)).toBeLessThan(10);
  });

  it('takes the nearest of all that it has tried, also where losses shrink again further out', async () => {
    const tried: { distance: number; loss: number }[] = [];
    const loss: Loss = (point) => {
      const value = Math.sin(Math.hypot(...point) * 2) * 5 + point[0]!;
      tried.push({ distance: Math.hypot(...point), loss: value });
      return value;
    };
    const { point } = await nearest(loss, { dimensions: 2, target: 5 });
    const hits = tried.filter((one) => one.loss >= 5).map(({ distance }) => distance);
    expect(distanceOf(point)).toBe(Math.min(...hits));
  });

  it('says what was searched when nothing loses so much, and stays in the middle when that does', async () => {
    const none = await nearest(() => 0, { dimensions: 2, target: 1, greatestDistance: 6, seed: 3 });
    expect(none).toMatchObject({ point: undefined, loss: undefined });
    expect(none.searched).toMatchObject({ directions: 36, greatestDistance: 6, seed: 3, greatestLoss: 0 });
    expect(none.searched.distances.at(-1)).toBe(6);
    expect(none.searched.evaluations).toBe(1 + 24 * 36);
    const middle = await nearest(() => 2, { dimensions: 2, target: 1 });
    expect([...middle.point!]).toEqual([0, 0]);
  });
});
