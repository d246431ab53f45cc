import fc from 'fast-check';
import { RAY, rayDivCeil, rayDivFloor, rayDivHalfUp, rayMulCeil, rayMulFloor, rayMulHalfUp } from './ray.ts';

const amount = fc.bigInt({ min: 0n, max: 10n ** 36n });
const ray = fc.bigInt({ min: 1n, max: 50n * RAY });

describe('ray multiplication', () => {
  test('rounds one half up, and each way when asked', () => {
    expect(rayMulHalfUp(1n, RAY / 2n)).toBe(1n);
    expect(rayMulHalfUp(1n, RAY / 2n - 1n)).toBe(0n);
    expect(rayMulFloor(3n, RAY / 2n)).toBe(1n);
    expect(rayMulCeil(3n, RAY / 2n)).toBe(2n);
    expect(rayMulCeil(0n, RAY)).toBe(0n);
    expect(rayMulCeil(2n, RAY)).toBe(2n);
  });

  test('lies within half a unit of the exact product, floor and ceil on its two sides', () => {
    fc.assert(
      fc.property(amount, ray, (a, b) => {
        const twiceError = 2n * (rayMulHalfUp(a, b) * RAY - a * b);
        expect(twiceError > -RAY && twiceError <= RAY).toBe(true);
        expect(rayMulCeil(a, b) - rayMulFloor(a, b)).toBe((a * b) % RAY === 0n ? 0n : 1n);
      }),
    );
  });
});

describe('ray division', () => {
  test('rounds one half up, and each way when asked', () => {
    expect(rayDivHalfUp(1n, 2n * RAY)).toBe(1n);
    expect(rayDivHalfUp(1n, 2n * RAY + 2n)).toBe(0n);
    expect(rayDivFloor(3n, 2n * RAY)).toBe(1n);
    expect(rayDivCeil(3n, 2n * RAY)).toBe(2n);
  });

  test('undoes multiplication exactly for an index of at least one', () => {
    fc.assert(
      fc.property(amount, fc.bigInt({ min: RAY, max: 50n * RAY }), (shares, index) => {
        expect(rayDivHalfUp(rayMulHalfUp(shares, index), index)).toBe(shares);
        expect(rayDivCeil(rayMulFloor(shares, index), index)).toBe(shares);
        expect(rayDivFloor(rayMulCeil(shares, index), index)).toBe(shares);
      }),
    );
  });

  test('refuses to divide by zero', () => {
    expect(() => rayDivHalfUp(1n, 0n)).toThrow(RangeError);
  });
});
