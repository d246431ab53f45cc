import { isMoneyMarketDue, moneyMarketSums, type MoneyMarketLeg } from '@undertow/market';
import { isDueByHealth } from '../due-by-health.ts';
import type { AccountRow } from '../rows.ts';
import type { BookValues } from '../value-account.ts';

/** Health factors this near to 1 are decided by exact integers; float error is below 3e-9. */
const BAND = 1e-6;

/** Whether an account over entered markets may be liquidated. Source: `moneyMarketSums`. */
export const isMoneyMarketAccountDue = (values: BookValues, account: AccountRow): boolean =>
  isDueByHealth(values, account, { band: BAND, isDueExact });

/**
 * The state of an account has the tokens of each supply leg, that of a market begins with its exchange rate and what an answer
 * is multiplied by.
 */
function isDueExact({ book, exactAnswers }: BookValues, account: AccountRow): boolean {
  const { accounts, legs, exact } = book;
  const answers = exactAnswers();
  const tokens = exact.accountState[account]!;
  const sums: MoneyMarketLeg[] = [];
  const first = accounts.legStart[account]!;
  for (let leg = first; leg < accounts.legStart[account + 1]!; leg++) {
    const answer = answers[legs.oracle[leg]!]!;
    const collateralFactorWad = exact.threshold[leg]!;
    const isDebt = legs.side[leg] === -1;
    if (answer <= 0n && (isDebt || collateralFactorWad > 0n)) return false;
    const [exchangeRateWad, answerScale] = exact.marketState[legs.market[leg]!] as [bigint, bigint];
    const priceE36 = answer * answerScale;
    const debt = isDebt ? exact.amount[leg]! : 0n;
    sums.push({ tokens: tokens[leg - first]!, exchangeRateWad, debt, collateralFactorWad, priceE36 });
  }
  return isMoneyMarketDue(moneyMarketSums(sums));
}
