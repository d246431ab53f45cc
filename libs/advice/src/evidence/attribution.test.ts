import fc from 'fast-check';
import { attributed } from './attribution.ts';

interface Inputs extends Record<string, number> {
  a: number;
  b: number;
  c: number;
}
const number = fc.double({ min: -1e3, max: 1e3, noNaN: true });
const inputs = fc.record({ a: number, b: number, c: number });
const order = ['c', 'a', 'b'];

describe('attributed', () => {
  it('adds up to the whole change, whatever the function', () => {
    fc.assert(
      fc.property(inputs, inputs, (before, after) => {
        const of = ({ a, b, c }: Inputs) => a * b + Math.abs(c) + (a > c ? 10 : 0);
        const found = attributed<Inputs>({ before, after }, order, of)!;
        const sum = found.parts.reduce((total, { change }) => total + change, found.interaction);
        expect(sum).toBeCloseTo(found.after - found.before, 6);
        expect(found.parts.map(({ input }) => input)).toEqual(order);
      }),
      { numRuns: 100 },
    );
  });

  it('has no interaction where inputs only add up', () => {
    fc.assert(
      fc.property(inputs, inputs, (before, after) => {
        const found = attributed<Inputs>({ before, after }, order, ({ a, b, c }) => a + 2 * b - c)!;
        expect(found.interaction).toBeCloseTo(0, 8);
      }),
      { numRuns: 50 },
    );
  });

  it('does not ask for inputs that have not changed', () => {
    let asked = 0;
    const before = { a: 1, b: 2, c: 3 };
    const found = attributed<Inputs>({ before, after: { ...before, b: 5 } }, order, ({ b }) => (asked++, b))!;
    expect([asked, found.parts]).toEqual([
      3,
      [expect.anything(), { input: 'a', change: 0 }, { input: 'b', change: 3 }],
    ]);
  });

  it('has no value where there is none, and leaves to the interaction what has none alone', () => {
    const [before, after] = [
      { a: 1, b: 1, c: 1 },
      { a: 2, b: 2, c: 1 },
    ];
    expect(
      attributed<Inputs>({ before, after }, order, ({ a }) => (a === 2 ? undefined : a)),
    ).toBeUndefined();
    const found = attributed<Inputs>({ before, after }, order, ({ a, b }) => (a === b ? a : undefined))!;
    expect([found.parts, found.interaction]).toEqual([[{ input: 'c', change: 0 }], 1]);
    expect(() => attributed<Inputs>({ before, after }, ['a'], () => 1)).toThrow(
      'each of the inputs once: a, b, c',
    );
  });
});
