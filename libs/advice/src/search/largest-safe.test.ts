import fc from 'fast-check';
import { largestSafe } from './largest-safe.ts';

/** A ladder whose losses are known, all by all scenarios. */
const ladder = (excess: readonly number[], start = 0, lower?: 'harms') => {
  const asked: number[] = [];
  const found = largestSafe({
    count: excess.length,
    start,
    lower,
    excess: (place) => (asked.push(place), excess[place]!),
    confirm: (place) => excess[place]! <= 0,
  });
  return { ...found, asked };
};

describe('largestSafe', () => {
  it('finds the last place within, of losses that rise', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 1, maxLength: 200 }),
        fc.nat(199),
        (values, start) => {
          const rising = values.toSorted((a, b) => a - b);
          const { place, isMonotone } = ladder(rising, start % rising.length);
          const last = rising.findLastIndex((value) => value <= 0);
          expect(place).toBe(last === -1 ? undefined : last);
          expect(isMonotone).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('gives what is itself within, whatever the losses, and asks for none twice', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 1, maxLength: 50 }),
        (values) => {
          const { place, tried, asked } = ladder(values);
          if (place !== undefined) expect(values[place]).toBeLessThanOrEqual(0);
          // Nothing that was tried below the answer exceeds the tolerance.
          for (const one of tried)
            if (place !== undefined && one.place < place) expect(one.excess).toBeLessThanOrEqual(0);
          expect(new Set(asked).size).toBe(asked.length);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('goes below what is not monotone, and says so', () => {
    const values = Array.from({ length: 30 }, (_, place) => (place === 9 ? 1 : place < 28 ? -1 : 2));
    const { place, isMonotone } = ladder(values, 20);
    expect([place, isMonotone]).toEqual([8, false]);
  });

  it('asks few places: where it begins, the end that is left by that, and then by interpolation', () => {
    expect(ladder(new Array<number>(400).fill(-1)).asked.length).toBeLessThanOrEqual(4);
    expect(ladder(new Array<number>(400).fill(1), 200).asked).toEqual([200, 0]);
    const line = Array.from({ length: 400 }, (_, place) => place - 123);
    const { place, asked } = ladder(line, 200);
    expect(place).toBe(123);
    expect(asked.length).toBeLessThan(16);
  });

  it('does not hold a place against those below it where going lower harms', () => {
    // Within from 60 to 90, over above, and over below again.
    const values = Array.from({ length: 200 }, (_, place) => (place > 90 ? place - 90 : 60 - place));
    for (const start of [150, 91, 70]) expect(ladder(values, start, 'harms').place).toBe(90);
    expect(ladder(values, 150).place).toBeUndefined();
    expect(ladder(new Array<number>(200).fill(1), 150, 'harms').place).toBeUndefined();
  });

  it('goes lower when more scenarios refuse what few let pass', () => {
    const grown = new Set<number>();
    const found = largestSafe({
      count: 100,
      start: 50,
      excess: (place) => (grown.size === 0 ? place - 80 : place - 60),
      confirm: (place) => (grown.add(place), place <= 60),
    });
    expect(found.place).toBe(60);
  });
});
