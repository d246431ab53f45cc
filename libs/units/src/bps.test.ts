import fc from 'fast-check';
import { BPS, bpsDivCeil, bpsDivHalfUp, bpsMulCeil, bpsMulFloor, bpsMulHalfUp } from './bps.ts';

describe('share in basis points', () => {
  test('rounds one half up, and each way when asked', () => {
    expect(bpsMulHalfUp(1n, 5_000n)).toBe(1n);
    expect(bpsMulHalfUp(1n, 4_999n)).toBe(0n);
    expect(bpsMulFloor(3n, 5_000n)).toBe(1n);
    expect(bpsMulCeil(3n, 5_000n)).toBe(2n);
    expect(bpsDivHalfUp(105n, 10_500n)).toBe(100n);
    expect(bpsDivCeil(106n, 10_500n)).toBe(101n);
    expect(bpsDivCeil(0n, 10_500n)).toBe(0n);
  });

  test('one direction brackets the exact value', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 40n }),
        fc.bigInt({ min: 1n, max: 20_000n }),
        (value, bps) => {
          const [down, near, up] = [
            bpsMulFloor(value, bps),
            bpsMulHalfUp(value, bps),
            bpsMulCeil(value, bps),
          ];
          expect(down * BPS <= value * bps && up * BPS >= value * bps).toBe(true);
          expect(near === down || near === up).toBe(true);
          expect(bpsDivCeil(value, bps) - bpsDivHalfUp(value, bps)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});
