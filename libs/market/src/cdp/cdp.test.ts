import fc from 'fast-check';
import {
  cdpAmounts,
  cdpBatch,
  cdpHealthFactorWad,
  cdpLiquidation,
  cdpLiquidationAnswer,
  collateralRatioWad,
  compoundedDepositDown,
  foldGrowth,
  foldPosition,
  isCdpLiquidatable,
  offsetPool,
  redistribute,
  type CdpPosition,
  type PoolState,
} from '../index.ts';

const WAD = 10n ** 18n;
const LEAST = 1_100_000_000_000_000_000n;
const amount = fc.bigInt({ min: 1n, max: 10n ** 26n });
const nothing = { collateralWad: 0n, principalWad: 0n, interestWad: 0n };
const position: CdpPosition = {
  ...{ form: 'cdp', collateral: 10n * WAD, principal: 20_000n * WAD, interestOwed: 0n, stake: 10n * WAD },
  ...{ interestRateBps: 100n, accruedAt: 1_000, received: nothing },
};

describe('a position', () => {
  test('owes simple interest: one per cent in a year of 365.2425 days', () => {
    const { interest } = cdpAmounts(position, nothing, 1_000 + 31_556_952);
    expect(interest).toBe(200n * WAD);
  });

  test('has its share of what was redistributed since it last took it; interest comes only with principal', () => {
    const growth = { collateralWad: WAD / 10n, principalWad: 5n * WAD, interestWad: 7n };
    const { collateral, pending } = cdpAmounts(position, growth, 1_000);
    expect(collateral).toBe(11n * WAD);
    expect(pending).toEqual({ collateral: WAD, principal: 50n * WAD, interest: 70n });
    const without = cdpAmounts(position, { ...growth, principalWad: 0n }, 1_000);
    expect(without.pending).toEqual({ collateral: WAD, principal: 0n, interest: 0n });
  });

  test('is liquidatable exactly up to its liquidation price', () => {
    fc.assert(
      fc.property(amount, amount, (collateral, debt) => {
        const of = { collateral, debt };
        const answer = cdpLiquidationAnswer(of, { leastRatioWad: LEAST, answerScale: 10n ** 10n });
        if (answer !== undefined) expect(isCdpLiquidatable(of, answer * 10n ** 10n, LEAST)).toBe(true);
        const above = ((answer ?? 0n) + 1n) * 10n ** 10n;
        expect(isCdpLiquidatable(of, above, LEAST)).toBe(false);
        expect(cdpHealthFactorWad(of, above, LEAST)).toBeGreaterThanOrEqual(WAD);
      }),
    );
  });

  test('without debt has no ratio and no liquidation price', () => {
    const of = { collateral: WAD, debt: 0n };
    expect(collateralRatioWad(of, WAD)).toBeUndefined();
    expect(isCdpLiquidatable(of, 1n, LEAST)).toBe(false);
    expect(cdpLiquidationAnswer(of, { leastRatioWad: LEAST, answerScale: 1n })).toBeUndefined();
  });
});

describe('folding', () => {
  const stored = { form: 'cdp', collateral: 10n * WAD, interestOwed: 0n, stake: 10n * WAD } as const;
  const year = 1_000 + 31_556_952;

  test('a draw leaves the interest that had accrued, which its log does not tell; a repayment pays it', () => {
    const more = { ...stored, principal: 21_000n * WAD, omitsInterestOnDraw: true } as const;
    expect(foldPosition(position, more, year)).toMatchObject({ interestOwed: 200n * WAD, accruedAt: year });
    const less = { ...stored, principal: 19_000n * WAD, omitsInterestOnDraw: true } as const;
    expect(foldPosition(position, less, year)).toMatchObject({ interestOwed: 0n, interestRateBps: 100n });
  });

  test('nothing is left of a closed one', () => {
    expect(foldPosition(position, { form: 'cdp', closed: true }, year)).toBeUndefined();
  });

  test('debt and numerator bring the interest of the system up to date; collateral does not', () => {
    const first = foldGrowth(undefined, { form: 'cdp', interestNumerator: 5n }, 7);
    const second = foldGrowth(first, { form: 'cdp', activeCollateral: 3n }, 9);
    expect(second).toMatchObject({ interestNumerator: 5n, activeCollateral: 3n, accruedAt: 7 });
  });
});

describe('a liquidation', () => {
  const sides = fc.record({ collateral: amount, principal: amount, interest: amount });

  test('conserves collateral and debt, and pays no more than the pool has', () => {
    fc.assert(
      fc.property(sides, fc.bigInt({ min: 0n, max: 2n * 10n ** 26n }), (of, pool) => {
        const { compensation, offset, redistributed } = cdpLiquidation(of, {
          pool,
          compensationDivisor: 200n,
        });
        expect(compensation).toBe(of.collateral / 200n);
        expect(compensation + offset.collateral + redistributed.collateral).toBe(of.collateral);
        expect(offset.principal + redistributed.principal).toBe(of.principal);
        expect(offset.interest + redistributed.interest).toBe(of.interest);
        expect(offset.principal + offset.interest).toBeLessThanOrEqual(pool);
        if (redistributed.interest > 0n) expect(offset.principal).toBe(0n);
      }),
    );
  });

  test('leaves to the next one of a batch what the pool has left', () => {
    const of = { collateral: 2n * WAD, principal: 100n, interest: 0n };
    const { liquidations, pool } = cdpBatch([of, of], { pool: 150n, compensationDivisor: 200n });
    expect(liquidations.map(({ offset }) => offset.principal)).toEqual([100n, 50n]);
    expect(pool).toBe(0n);
  });

  test('gives out over many redistributions all but less than one unit per stake', () => {
    fc.assert(
      fc.property(fc.array(sides, { minLength: 1, maxLength: 20 }), amount, (shares, stakes) => {
        let state = { perStake: nothing, leftOver: nothing };
        for (const share of shares) state = redistribute(state, share, stakes);
        const given = state.perStake.collateralWad * stakes + state.leftOver.collateralWad;
        expect(given).toBe(shares.reduce((sum, { collateral }) => sum + collateral * WAD, 0n));
        expect(state.leftOver.collateralWad).toBeLessThan(stakes);
      }),
    );
  });
});

describe('the stability pool', () => {
  const pool: PoolState = {
    ...{ total: 1_000n * WAD, productWad: WAD, sum: 0n, epoch: 0n, scale: 0n },
    ...{ lastCollateralError: 0n, lastLossError: 0n },
  };
  const deposit = { deposit: 400n * WAD, productWad: WAD, epoch: 0n, scale: 0n };

  test('takes from each deposit its part, rounded against the depositor', () => {
    const after = offsetPool(pool, { debt: 250n * WAD, collateral: WAD });
    const left = compoundedDepositDown(deposit, after);
    expect(left).toBeLessThanOrEqual(300n * WAD);
    expect(300n * WAD - left).toBeLessThan(1_000n);
  });

  test('that is emptied leaves nothing to those who were in it, and starts anew', () => {
    const after = offsetPool(pool, { debt: pool.total, collateral: WAD });
    expect(after).toMatchObject({ total: 0n, productWad: WAD, epoch: 1n, scale: 0n });
    expect(compoundedDepositDown(deposit, after)).toBe(0n);
  });

  test('scales its product up when it gets small, and keeps what is left of deposits', () => {
    const worn = { ...pool, productWad: 10n ** 12n };
    const after = offsetPool(worn, { debt: 999_900_000_000_000_000_000n, collateral: WAD });
    expect(after).toMatchObject({ scale: 1n, sum: 0n });
    expect(after.productWad).toBeGreaterThan(10n ** 9n);
    const left = compoundedDepositDown({ ...deposit, productWad: 10n ** 12n }, after);
    // 400 of 1,000, of which a ten-thousandth is left, to the precision of the product.
    expect(Number(left) / 4e16).toBeCloseTo(1, 6);
    expect(compoundedDepositDown({ ...deposit, productWad: 10n ** 12n }, { ...after, scale: 2n })).toBe(0n);
  });

  test('without deposits or debt stays as it is', () => {
    expect(offsetPool({ ...pool, total: 0n }, { debt: 0n, collateral: 5n })).toEqual({ ...pool, total: 0n });
  });
});
