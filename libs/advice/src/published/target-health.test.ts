import { WAD } from '@undertow/units';
import fc from 'fast-check';
import { bonusAtHealthBps, debtToTargetHealth } from './target-health.ts';

const terms = { greatestBonusBps: 11_000n, bonusFactorBps: 5_000n, healthForGreatestWad: (WAD * 8n) / 10n };

describe('bonusAtHealthBps', () => {
  it('gives the numbers of the contract’s own tests', () => {
    expect(bonusAtHealthBps(terms, (WAD * 96n) / 100n)).toBe(10_600n);
    expect(bonusAtHealthBps(terms, WAD - 1n)).toBe(10_500n);
    expect(bonusAtHealthBps(terms, terms.healthForGreatestWad)).toBe(11_000n);
    expect(bonusAtHealthBps(terms, 0n)).toBe(11_000n);
    expect(bonusAtHealthBps({ ...terms, bonusFactorBps: 10_000n }, WAD - 1n)).toBe(11_000n);
  });

  it('never falls as health falls', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: WAD - 1n }), fc.bigInt({ min: 0n, max: WAD - 1n }), (a, b) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        expect(bonusAtHealthBps(terms, low)).toBeGreaterThanOrEqual(bonusAtHealthBps(terms, high));
      }),
      { numRuns: 100 },
    );
  });

  it('refuses a healthy account', () => expect(() => bonusAtHealthBps(terms, WAD)).toThrow('1 or more'));
});

describe('debtToTargetHealth', () => {
  const due = { debt: 10_000n * WAD, healthWad: (WAD * 8n) / 10n, bonusBps: 15_000n, thresholdBps: 5_000n };

  it('gives the numbers of the contract’s own tests', () => {
    expect(debtToTargetHealth({ ...due, targetHealthWad: (WAD * 125n) / 100n })).toBe(9_000n * WAD);
    expect(debtToTargetHealth({ ...due, targetHealthWad: WAD })).toBe(8_000n * WAD);
    expect(debtToTargetHealth({ ...due, targetHealthWad: due.healthWad })).toBe(0n);
  });

  it('heals to the target: what is left over what is left owed', () => {
    const target = (WAD * 105n) / 100n;
    const repaid = Number(debtToTargetHealth({ ...due, targetHealthWad: target })) / 1e18;
    const weighted = 0.8 * 10_000 - repaid * 1.5 * 0.5;
    expect(weighted / (10_000 - repaid)).toBeCloseTo(1.05, 12);
  });

  it('refuses what cannot be reached', () => {
    expect(() => debtToTargetHealth({ ...due, targetHealthWad: WAD / 2n })).toThrow(
      'above the target already',
    );
    expect(() => debtToTargetHealth({ ...due, targetHealthWad: WAD, thresholdBps: 9_000n })).toThrow(
      'a liquidation lowers the health factor',
    );
  });
});
