import fc from 'fast-check';
import { spread } from './spread.ts';

const gap = 13;

test('places that have room stay; crowded ones move apart as little as they must', () => {
  expect(spread([10, 60, 100], { gap, from: 0, to: 120 })).toEqual([10, 60, 100]);
  expect(spread([50, 52, 20], { gap, from: 0, to: 120 })).toEqual([50, 63, 20]);
});

test('what would slide out at the lower end pushes the others back', () => {
  expect(spread([118, 119, 120], { gap, from: 0, to: 120 })).toEqual([94, 107, 120]);
});

test('within the limits, in the same order, and apart by the gap or by what there is room for', () => {
  const places = fc.array(fc.double({ min: 0, max: 110, noNaN: true }), { minLength: 1, maxLength: 14 });
  fc.assert(
    fc.property(places, (wanted) => {
      const found = spread(wanted, { gap, from: 0, to: 110 });
      const order = wanted.map((_, i) => i).sort((a, b) => wanted[a]! - wanted[b]!);
      const step = Math.min(gap, 110 / Math.max(1, wanted.length - 1));
      for (const [at, i] of order.entries()) {
        expect(found[i]).toBeGreaterThanOrEqual(-1e-9);
        expect(found[i]).toBeLessThanOrEqual(110 + 1e-9);
        const before = order[at - 1];
        if (before !== undefined) expect(found[i]! - found[before]!).toBeGreaterThanOrEqual(step - 1e-9);
      }
    }),
  );
});
