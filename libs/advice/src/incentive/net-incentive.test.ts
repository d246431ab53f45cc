import type { AssetRow } from '@undertow/book';
import fc from 'fast-check';
import { crowdBook } from '../../../cascade/src/fixtures/crowd-books.ts';
import { bonusNeeded, deadZone } from './dead-zone.ts';
import { openIncentives, type Incentive } from './net-incentive.ts';

const [usdc, eth, , crv] = [0, 1, 2, 3] as AssetRow[];
const incentives = openIncentives(crowdBook());
const call: Incentive = {
  ...{ collateral: eth!, debt: usdc!, bonus: 0.05, protocolFee: 0.1, auctionShare: 0.4, gasUsd: 20 },
};

describe('the net incentive', () => {
  it('takes fee, auction, slippage and gas off the bonus', () => {
    const { bonusUsd, protocolFeeUsd, auctionUsd, slippageUsd, netUsd, isFilled } = incentives(call, 10_000);
    expect([bonusUsd, protocolFeeUsd, auctionUsd]).toEqual([500, 50, 180]);
    // ETH for x: the pool of 4e6 √(units · USD) at 2,500 USD has 200 M USD on a side.
    expect(slippageUsd).toBeCloseTo(10_450 - 1 / (1 / 10_450 + 1 / 2e8), 3);
    expect(netUsd).toBeCloseTo(500 - 50 - 180 - slippageUsd - 20, 9);
    expect(isFilled).toBe(true);
  });

  it('is negative where nothing can be sold, and says so', () => {
    const stuck = incentives({ ...call, collateral: crv! }, 1_000);
    expect(stuck.isFilled).toBe(false);
    expect(stuck.netUsd).toBeLessThan(-1_000);
    expect(deadZone(incentives, { ...call, collateral: crv! })).toBeUndefined();
    expect(bonusNeeded(incentives, { ...call, collateral: crv! }, 1_000)).toBeUndefined();
  });

  it('refuses what is no share', () => {
    expect(() => incentives({ ...call, auctionShare: 40 }, 1)).toThrow('auctionShare must be a share');
    expect(() => incentives({ ...call, gasUsd: NaN }, 1)).toThrow('gasUsd must be');
  });
});

describe('the dead zone', () => {
  it('begins where gas eats the bonus and where slippage does', () => {
    const zone = deadZone(incentives, call)!;
    // 5 % × 0.9 × 0.6 = 2.7 % must pay 20 USD.
    expect(zone.leastUsd).toBeCloseTo(20 / 0.027, 0);
    for (const [at, pays] of [
      [zone.leastUsd * 1.001, true],
      [zone.leastUsd * 0.999, false],
      [zone.mostUsd * 0.999, true],
      [zone.mostUsd * 1.001, false],
      [zone.bestUsd, true],
    ] as const)
      expect(incentives(call, at).netUsd > 0).toBe(pays);
  });

  it('is everything where no size pays', () => {
    expect(deadZone(incentives, { ...call, bonus: 0 })).toBeUndefined();
  });

  it('ends at the bonus that is needed', () => {
    fc.assert(
      fc.property(fc.double({ min: 100, max: 1e6, noNaN: true }), (repaidUsd) => {
        const bonus = bonusNeeded(incentives, call, repaidUsd)!;
        expect(incentives({ ...call, bonus }, repaidUsd).netUsd).toBeGreaterThan(0);
        expect(incentives({ ...call, bonus: bonus * 0.999 }, repaidUsd).netUsd).toBeLessThanOrEqual(0);
      }),
      { numRuns: 30 },
    );
  });
});
