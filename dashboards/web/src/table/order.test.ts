import fc from 'fast-check';
import { inOrder, nextSorting } from './order.ts';
import type { Value } from './unit.ts';

const itself = (value: Value) => value;

test('numbers by size, words as people order them, and what has no value last whichever way', () => {
  expect(inOrder([2, null, 10, -1], itself, 'ascending')).toEqual([-1, 2, 10, null]);
  expect(inOrder([2, undefined, 10, Number.NaN, -1], itself, 'descending')).toEqual([
    ...[10, 2, -1],
    ...[undefined, Number.NaN],
  ]);
  expect(inOrder(['Aave v10', 'aave v3', 'Morpho'], itself, 'ascending')).toEqual([
    ...['aave v3', 'Aave v10', 'Morpho'],
  ]);
  expect(inOrder([10n ** 20n, 3n, 7], itself, 'descending')).toEqual([10n ** 20n, 7, 3n]);
});

test('what is equal stays as it came, both ways', () => {
  const rows = [
    { id: 'a', size: 1 },
    { id: 'b', size: 2 },
    { id: 'c', size: 1 },
    { id: 'd', size: 2 },
  ];
  const ids = (direction: 'ascending' | 'descending') =>
    inOrder(rows, ({ size }) => size, direction)
      .map(({ id }) => id)
      .join('');
  expect(ids('ascending')).toBe('acbd');
  expect(ids('descending')).toBe('bdac');
});

test('sorting loses no row and orders every neighbour', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.double(), fc.constant(null))), (values) => {
      const sorted = inOrder(values, itself, 'ascending');
      expect(sorted).toHaveLength(values.length);
      const known = sorted.filter((value) => value !== null && !Number.isNaN(value)) as number[];
      expect(known.every((value, i) => i === 0 || known[i - 1]! <= value)).toBe(true);
    }),
  );
});

test('clicks on one head: one way, the other, as it came; on another head anew', () => {
  const once = nextSorting(undefined, 'Debt', true);
  const twice = nextSorting(once, 'Debt', true);
  expect(once).toEqual({ column: 'Debt', direction: 'descending' });
  expect(twice).toEqual({ column: 'Debt', direction: 'ascending' });
  expect(nextSorting(twice, 'Debt', true)).toBeUndefined();
  expect(nextSorting(twice, 'Venue', false)).toEqual({ column: 'Venue', direction: 'ascending' });
});
