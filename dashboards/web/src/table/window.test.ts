import fc from 'fast-check';
import { LONG, scrolledTo, shownRows } from './window.ts';

test('few rows are all there', () => {
  expect(shownRows(LONG, { first: 60 })).toEqual({ from: 0, to: LONG, above: 0, below: 0 });
});

test('of many a part is there, with room for the others', () => {
  expect(shownRows(1_000, { first: 100, rowHeight: 30 })).toEqual({
    ...{ from: 100, to: 220, above: 3_000, below: 780 * 30 },
  });
  // After rows went away the window stays within those that are left.
  expect(shownRows(300, { first: 900, rowHeight: 30 })).toMatchObject({ from: 180, to: 300, below: 0 });
});

test('wherever a table is scrolled to, what is seen there is in the page', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: LONG + 1, max: 100_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.integer({ min: 20, max: 200 }),
      (count, share, rowHeight) => {
        const before = { first: 0, rowHeight };
        const top = share * Math.max(0, count * rowHeight - 640);
        const { first } = scrolledTo(before, { from: 0, past: top, measured: rowHeight });
        const { from, to } = shownRows(count, { first, rowHeight });
        expect(from * rowHeight).toBeLessThanOrEqual(top);
        expect(to * rowHeight).toBeGreaterThanOrEqual(top + 640);
      },
    ),
  );
});

test('a small scroll changes nothing, nor does a height that is about the same', () => {
  const before = { first: 40, rowHeight: 30 };
  expect(scrolledTo(before, { from: 40, past: 50 * 30, measured: 31 })).toBe(before);
  expect(scrolledTo(before, { from: 40, past: 50 * 30, measured: 150 }).rowHeight).toBe(150);
});
