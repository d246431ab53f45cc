import { pairIncentiveFactorWad } from '@undertow/market';
import { incentiveFactor } from './incentive-factor.ts';

describe('incentiveFactor', () => {
  it('is 1.0438 at 86 %', () => expect(incentiveFactor(0.86)).toBeCloseTo(1.0438, 4));

  it('is what the contract computes', () => {
    for (let bps = 0; bps <= 10_000; bps += 250)
      expect(incentiveFactor(bps / 1e4)).toBeCloseTo(
        Number(pairIncentiveFactorWad(BigInt(bps) * 10n ** 14n)) / 1e18,
        14,
      );
  });
});
