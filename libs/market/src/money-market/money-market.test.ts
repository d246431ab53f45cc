import fc from 'fast-check';
import {
  isMoneyMarketDue,
  moneyMarketHealthWad,
  moneyMarketLiquidationAnswer,
  moneyMarketSums,
  moneyMarketSumsAfter,
  type MoneyMarketLeg,
} from './account.ts';
import { EMPTY_MONEY_MARKET, foldMoneyMarket, type MoneyMarketGrowth } from './growth.ts';
import { accrueMoneyMarket, borrowRatePerBlockWad, exchangeRateWad } from './interest.ts';
import { closableDown, seizedTokensDown } from './liquidation.ts';
import { foldIndexedDebt, indexedDebtDown } from './position.ts';

const WAD = 10n ** 18n;
const model = { base: 2n * 10n ** 9n, slope: 10n ** 10n, steepSlope: 10n ** 12n, kink: (8n * WAD) / 10n };
const market: MoneyMarketGrowth = {
  ...EMPTY_MONEY_MARKET,
  ...{ cash: 300n * WAD, borrows: 700n * WAD, reserves: 10n * WAD, supply: 49_500n * 10n ** 8n },
  ...{ reserveFactorWad: WAD / 5n, accruedBlock: 100 },
};
const leg: MoneyMarketLeg = {
  ...{ tokens: 50n * 10n ** 8n, exchangeRateWad: 2n * 10n ** 26n, debt: 0n },
  ...{ collateralFactorWad: (8n * WAD) / 10n, priceE36: 3_000n * WAD },
};
const debt: MoneyMarketLeg = { ...leg, tokens: 0n, debt: 2_000n * 10n ** 6n, priceE36: 10n ** 30n };

test('one unit at 3,000 with a factor of 80 % backs 2,400', () => {
  expect(moneyMarketSums([leg, debt])).toEqual({ collateral: 2_400n * WAD, debt: 2_000n * WAD });
  expect(moneyMarketHealthWad(moneyMarketSums([leg, debt]))).toBe((12n * WAD) / 10n);
  expect(moneyMarketHealthWad(moneyMarketSums([leg]))).toBeUndefined();
});

test('what is redeemed and borrowed besides counts as debt', () => {
  const after = moneyMarketSumsAfter([leg, debt], { leg: 0, redeemTokens: 10n ** 9n, borrow: WAD / 1_000n });
  expect(after).toEqual({ collateral: 2_400n * WAD, debt: (2_000n + 480n + 3n) * WAD });
});

test('the line is where a shortfall begins: equal is not liquidatable', () => {
  expect(isMoneyMarketDue({ collateral: 5n, debt: 5n })).toBe(false);
  expect(isMoneyMarketDue({ collateral: 5n, debt: 6n })).toBe(true);
  const at = (answer: bigint) => [{ ...leg, priceE36: answer * 10n ** 10n }, debt];
  // 2,500 is exactly the line.
  expect(moneyMarketLiquidationAnswer(at)).toBe(2_500n * 10n ** 8n - 1n);
  expect(moneyMarketLiquidationAnswer(() => [leg])).toBeUndefined();
});

test('health is below one exactly when liquidatable', () => {
  const amount = fc.bigInt(0n, 10n ** 30n);
  fc.assert(
    fc.property(amount, amount, (collateral, owed) => {
      fc.pre(owed > 0n);
      expect(moneyMarketHealthWad({ collateral, debt: owed })! < WAD).toBe(
        isMoneyMarketDue({ collateral, debt: owed }),
      );
    }),
  );
});

test('interest is simple within blocks, and its part goes to the reserves', () => {
  const rate = borrowRatePerBlockWad(model, market);
  const used = (700n * WAD) / 990n;
  expect(rate).toBe((used * WAD * model.slope) / WAD / WAD + model.base);
  const after = accrueMoneyMarket(market, model, 110);
  const interest = after.borrows - market.borrows;
  expect(interest).toBe((rate * 10n * market.borrows) / WAD);
  expect(after.reserves - market.reserves).toBe(interest / 5n);
  expect(after.borrowIndexWad).toBe(WAD + rate * 10n);
  expect(accrueMoneyMarket(market, model, 100)).toEqual(market);
});

test('above the kink interest rises more steeply', () => {
  const full = borrowRatePerBlockWad(model, { cash: 0n, borrows: WAD, reserves: 0n });
  expect(full).toBe(model.base + (8n * model.slope) / 10n + (2n * model.steepSlope) / 10n);
  expect(borrowRatePerBlockWad(model, { cash: WAD, borrows: 0n, reserves: 0n })).toBe(model.base);
});

test('the fold of the log of interest is what the formula gives', () => {
  const after = accrueMoneyMarket(market, model, 123);
  const change = {
    ...({ form: 'money-market', said: 'accrued', block: 123 } as const),
    ...{ cash: market.cash, interest: after.borrows - market.borrows },
    ...{ borrowIndexWad: after.borrowIndexWad, borrows: after.borrows },
  };
  expect(foldMoneyMarket(market, change)).toEqual(after);
});

test('a market without tokens has no exchange rate', () => {
  expect(exchangeRateWad(EMPTY_MONEY_MARKET)).toBeUndefined();
  expect(exchangeRateWad({ ...market, reserves: 2_000n * WAD })).toBeUndefined();
  expect(exchangeRateWad(market)).toBe((990n * WAD * WAD) / market.supply);
});

test('a debt grows with the index since it was last touched, floored', () => {
  const stored = foldIndexedDebt({ form: 'indexed-debt', principal: 1_000n }, market)!;
  expect(indexedDebtDown(stored, (15n * WAD) / 10n + 1n)).toBe(1_500n);
  expect(indexedDebtDown(stored, WAD)).toBe(1_000n);
  expect(foldIndexedDebt({ form: 'indexed-debt', principal: 0n }, market)).toBeUndefined();
});

test('what a repayment takes: 1,000 at 10 % on top for tokens of 60', () => {
  const terms = {
    ...{ incentiveWad: (11n * WAD) / 10n, debtPriceE36: 10n ** 30n },
    ...{ collateralPriceE36: 3_000n * WAD, collateralRateWad: 2n * 10n ** 26n },
  };
  // 1,100 ÷ 3,000 of a unit, at 0.02 per token, 8 decimals.
  expect(seizedTokensDown(1_000n * 10n ** 6n, terms)).toBe(1_833_333_333n);
  expect(seizedTokensDown(1n, { ...terms, collateralPriceE36: 0n })).toBeUndefined();
  expect(closableDown(1_001n, WAD / 2n)).toBe(500n);
});
