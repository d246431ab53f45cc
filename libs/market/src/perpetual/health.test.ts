import { WAD } from '@undertow/units';
import fc from 'fast-check';
import type { MarginAccount } from './account.ts';
import { isMarginAccountDue, marginHealthWad } from './health.ts';

const terms: MarginAccount['terms'] = {
  ...{ decimals: 6, initialMarginE6: 100_000n, maintenanceMarginE6: 62_500n, liquidationPenaltyE6: 25_000n },
  ...{ collateralMarginBufferE6: 2_000n, debtToCollateralE6: 750_000n, debtThreshold: 10_000_000_000n },
  ...{ collateralLiquidationE6: 500_000n, collateralDust: 500_000_000n, collateralFundFeeE6: 30_000n },
};

const weth = (amount: bigint, priceWad = 3_000n * WAD) => ({
  ...{ amount, decimals: 18, priceWad, ratioE6: 850_000n, discountE6: 100_000n },
});

const exposure = (sizeWad: bigint, openNotionalWad: bigint, markWad: bigint) => ({
  ...{ sizeWad, openNotionalWad, markWad, premiumX96: 0n, premiumNowX96: 0n },
});

const account = (part: Partial<MarginAccount>): MarginAccount => ({
  ...{ balance: 0n, owedWad: 0n, exposures: [], collaterals: [], terms },
  ...part,
});

test('health is below one exactly when something may be liquidated, to the last unit', () => {
  const balance = fc.bigInt({ min: -20_000_000_000n, max: 20_000_000_000n });
  const size = fc.bigInt({ min: -20n * WAD, max: 20n * WAD });
  const mark = fc.bigInt({ min: 1_000n * WAD, max: 5_000n * WAD });
  const owedWad = fc.bigInt({ min: -WAD, max: WAD });
  const held = fc.bigInt({ min: 0n, max: 8n * WAD });
  fc.assert(
    fc.property(
      balance,
      owedWad,
      fc.tuple(size, mark, fc.boolean()),
      held,
      (cash, owed, position, amount) => {
        const [sizeWad, markWad, isOpen] = position;
        const one = account({
          ...{ balance: cash, owedWad: owed, collaterals: amount > 0n ? [weth(amount)] : [] },
          exposures: isOpen ? [exposure(sizeWad, -sizeWad * 3_000n, markWad)] : [],
        });
        const health = marginHealthWad(one);
        expect(health !== undefined && health < WAD).toBe(isMarginAccountDue(one));
      },
    ),
    { numRuns: 2_000 },
  );
});

test('a debt beside collateral and no position: 75 % of the counted value, or the threshold, whichever is lower', () => {
  // 2 WETH count with 5,100.
  const owing = (balance: bigint, amount = 2n * WAD) =>
    account({ balance: -balance, collaterals: [weth(amount)] });
  expect(marginHealthWad(owing(3_825_000_000n))).toBe(WAD);
  expect(isMarginAccountDue(owing(3_825_000_000n))).toBe(false);
  expect(marginHealthWad(owing(3_825_000_001n))).toBeLessThan(WAD);
  expect(isMarginAccountDue(owing(3_825_000_001n))).toBe(true);
  const much = (balance: bigint) => owing(balance, 100n * WAD);
  expect([10_000_000_000n, 10_000_000_001n].map((debt) => isMarginAccountDue(much(debt)))).toEqual([
    false,
    true,
  ]);
  expect(marginHealthWad(much(10_000_000_000n))).toBeGreaterThanOrEqual(WAD);
  expect(marginHealthWad(much(10_000_000_001n))).toBeLessThan(WAD);
});

test('no line: nothing held against nothing owed, and a debt with nothing that could be sold', () => {
  expect(marginHealthWad(account({ balance: 5n }))).toBeUndefined();
  expect(marginHealthWad(account({ collaterals: [weth(WAD)] }))).toBeUndefined();
  expect(marginHealthWad(account({ balance: -5n }))).toBeUndefined();
});
