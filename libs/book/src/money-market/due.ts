import {
  isMoneyMarketDue,
  moneyMarketHealthWad,
  moneyMarketSums,
  type MoneyMarketLeg,
} from '@undertow/market';
import { WAD } from '@undertow/units';
import type { ExactStanding } from '../exact-standing.ts';
import { isDueByHealth } from '../due-by-health.ts';
import type { AccountRow } from '../rows.ts';
import type { BookValues } from '../value-account.ts';

/** Health factors this near to 1 are decided by exact integers; float error is below 3e-9. */
const BAND = 1e-6;

/** Whether an account over entered markets may be liquidated. Source: `moneyMarketSums`. */
export const isMoneyMarketAccountDue = (values: BookValues, account: AccountRow): boolean =>
  isDueByHealth(values, account, { band: BAND, isDueExact });

function isDueExact(values: BookValues, account: AccountRow): boolean {
  const legs = readLegs(values, account);
  return legs !== undefined && isMoneyMarketDue(moneyMarketSums(legs));
}

/** See `exactStanding`; in 1e-18 USD. What was not entered does not count. */
export function moneyMarketStanding(values: BookValues, account: AccountRow): ExactStanding | undefined {
  const legs = readLegs(values, account);
  if (!legs) return undefined;
  const sums = moneyMarketSums(legs);
  const whole = legs.map((leg) =>
    leg.collateralFactorWad > 0n ? { ...leg, collateralFactorWad: WAD } : leg,
  );
  return {
    collateral: moneyMarketSums(whole).collateral,
    debt: sums.debt,
    healthWad: moneyMarketHealthWad(sums),
  };
}

/** What a deposit of raw units adds to the tokens of its leg, by the state of its market: floored, as a mint is. */
export const mintedTokens = ([exchangeRateWad]: readonly bigint[], added: bigint): bigint =>
  exchangeRateWad === undefined || exchangeRateWad === 0n ? 0n : (added * WAD) / exchangeRateWad;

/**
 * The state of an account has the tokens of each supply leg, that of a market begins with its exchange rate and what an answer
 * is multiplied by.
 */
function readLegs(
  { book, exactAnswers }: BookValues,
  account: AccountRow,
): readonly MoneyMarketLeg[] | undefined {
  const { accounts, legs, exact } = book;
  const answers = exactAnswers();
  const tokens = exact.accountState[account]!;
  const sums: MoneyMarketLeg[] = [];
  const first = accounts.legStart[account]!;
  for (let leg = first; leg < accounts.legStart[account + 1]!; leg++) {
    const answer = answers[legs.oracle[leg]!]!;
    const collateralFactorWad = exact.threshold[leg]!;
    const isDebt = legs.side[leg] === -1;
    if (answer <= 0n && (isDebt || collateralFactorWad > 0n)) return undefined;
    const [exchangeRateWad, answerScale] = exact.marketState[legs.market[leg]!] as [bigint, bigint];
    const priceE36 = answer * answerScale;
    const debt = isDebt ? exact.amount[leg]! : 0n;
    sums.push({ tokens: tokens[leg - first]!, exchangeRateWad, debt, collateralFactorWad, priceE36 });
  }
  return sums;
}
