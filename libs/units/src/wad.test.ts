import fc from 'fast-check';
import {
  maxBigint,
  minBigint,
  mulDivDown,
  mulDivUp,
  subFloorZero,
  WAD,
  wDivDown,
  wDivUp,
  wMulDown,
  wTaylorCompoundedDown,
} from './wad.ts';

const amount = fc.bigInt({ min: 0n, max: 1n << 128n });
const divisor = fc.bigInt({ min: 1n, max: 1n << 128n });

describe('mulDiv', () => {
  test('down and up enclose the true quotient and differ by one at most', () => {
    fc.assert(
      fc.property(amount, amount, divisor, (x, y, d) => {
        const down = mulDivDown(x, y, d);
        const up = mulDivUp(x, y, d);
        expect(down * d <= x * y && x * y <= up * d).toBe(true);
        expect(up - down).toBe((x * y) % d === 0n ? 0n : 1n);
      }),
    );
  });
});

describe('wads', () => {
  test('round as named', () => {
    expect(wMulDown(WAD + 1n, WAD - 1n)).toBe(WAD - 1n);
    expect(wDivDown(2n, 3n)).toBe(666_666_666_666_666_666n);
    expect(wDivUp(2n, 3n)).toBe(666_666_666_666_666_667n);
  });

  test('compound interest has three terms of the series: 10 % a year for a year', () => {
    const perSecond = WAD / 10n / 31_536_000n;
    const growth = wTaylorCompoundedDown(perSecond, 31_536_000n);
    // 0.1 + 0.005 + 0.0001666… of e^0.1 − 1 = 0.10517…
    expect(Number(growth) / 1e18).toBeCloseTo(0.1 + 0.005 + 0.001 / 6, 9);
    expect(wTaylorCompoundedDown(perSecond, 0n)).toBe(0n);
  });
});

test('subtraction stops at zero, and the smaller and larger are found', () => {
  expect([subFloorZero(3n, 2n), subFloorZero(2n, 3n)]).toEqual([1n, 0n]);
  expect([minBigint(2n, 3n), maxBigint(2n, 3n)]).toEqual([2n, 3n]);
});
