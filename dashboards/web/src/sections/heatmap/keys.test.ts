import fc from 'fast-check';
import { nextPlace } from './keys.ts';
import { heatmapLayout, placeOf } from './layout.ts';

const KEYS = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'PageUp', 'PageDown'];

test('no key ever leaves the grid', () => {
  const grid = fc.record({ rows: fc.integer({ min: 1, max: 40 }), columns: fc.integer({ min: 1, max: 40 }) });
  const walk = fc.array(fc.tuple(fc.constantFrom(...KEYS), fc.boolean()), { maxLength: 60 });
  fc.assert(
    fc.property(grid, walk, (size, keys) => {
      let at = { row: 0, column: 0 };
      for (const [key, ctrl] of keys) at = nextPlace(key, ctrl, at, size) ?? at;
      return at.row >= 0 && at.row < size.rows && at.column >= 0 && at.column < size.columns;
    }),
  );
});

test('arrows move by one, Home and End along the row, with Ctrl to the corners', () => {
  const size = { rows: 4, columns: 12 };
  const from = { row: 2, column: 5 };
  const to = (key: string, ctrl = false) => nextPlace(key, ctrl, from, size);
  expect(to('ArrowRight')).toEqual({ row: 2, column: 6 });
  expect(to('ArrowUp')).toEqual({ row: 1, column: 5 });
  expect(to('End')).toEqual({ row: 2, column: 11 });
  expect(to('Home', true)).toEqual({ row: 0, column: 0 });
  expect(to('PageDown')).toEqual({ row: 3, column: 5 });
  expect(to('a')).toBeUndefined();
});

test('a narrow window turns the grid: moves run down', () => {
  const moves = [-0.1, -0.2, -0.3, -0.4, 0.1, 0.2];
  const [wide, narrow] = [heatmapLayout(4, moves, 800), heatmapLayout(4, moves, 330)];
  expect([wide.rows, wide.columns, narrow.rows, narrow.columns]).toEqual([4, 6, 6, 4]);
  for (const [layout, width] of [
    [wide, 800],
    [narrow, 330],
  ] as const)
    expect(layout.width).toBeLessThanOrEqual(width);
  expect(placeOf(narrow, 1, 5)).toEqual({ row: 5, column: 1 });
});
