import fc from 'fast-check';
import { roundedPay } from '../../claim-order.ts';
import { ByPay } from './by-pay.ts';

const pays = fc.array(
  fc.oneof(
    // Of floats below what normal ones say the rounding leaves more bits.
    fc.double({ min: -1e12, max: 1e12, noNaN: true }).map((usd) => (Math.abs(usd) < 1e-12 ? 0 : usd)),
    fc.constantFrom(0, -0, 1, -1, Infinity, -Infinity, 1e-300),
  ),
  { maxLength: 200 },
);

test('puts the largest first, and those that are rounded to the same side by side', () => {
  fc.assert(
    fc.property(pays, pays, (...drawn) => {
      const sorter = new ByPay();
      // The second time what the first has left must not matter.
      for (const given of drawn) {
        const pay = Float64Array.from(given, (usd) => roundedPay(usd));
        const order = new Int32Array(pay.length);
        sorter.sort(pay, pay.length, order);
        expect([...order].sort((a, b) => a - b)).toEqual([...pay.keys()]);
        const sorted = Array.from(order, (row) => pay[row]!);
        expect(sorted.map((usd) => usd + 0)).toEqual([...pay].map((usd) => usd + 0).sort((a, b) => b - a));
        for (let i = 1; i < sorted.length; i++)
          expect(sorter.key[i] === sorter.key[i - 1]).toBe(sorted[i] === sorted[i - 1]);
      }
    }),
  );
});
