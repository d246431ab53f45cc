import fc from 'fast-check';
import { largestSize } from './largest-size.ts';

test('finds where a falling function passes 0, to a part in 10¹³', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1e-9, max: 1, noNaN: true }),
      fc.double({ min: 0.1, max: 8, noNaN: true }),
      fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
      (root, power, scale) => {
        const found = largestSize((size) => scale * (root ** power - size ** power), 1)!;
        expect(Math.abs(found - root)).toBeLessThanOrEqual(1e-13);
      },
    ),
    { numRuns: 1_000 },
  );
});

test('takes the bound where the function never passes 0, and nothing where it starts below', () => {
  expect(largestSize(() => 1, 0.7)).toBe(0.7);
  expect(largestSize(() => -1, 0.7)).toBeUndefined();
});

test('stops just below a jump, also one to minus infinity', () => {
  for (const after of [-1e-9, -1, -Infinity]) {
    const found = largestSize((size) => (size <= 0.25 ? 1 : after), 1)!;
    expect(found).toBeLessThanOrEqual(0.25);
    expect(found).toBeGreaterThan(0.25 - 1e-9);
  }
});
