import { isMoneyMarketDue, moneyMarketSums, type MoneyMarketLeg } from '@undertow/market';
import type { AccountRow, Book } from '../book.ts';

/**
 * See `isLiquidatableExact`. The state of an account has the tokens of each supply leg, that of a market begins with its
 * exchange rate and what an answer is multiplied by. Source: `moneyMarketSums`.
 */
export function isMoneyMarketAccountDue(
  book: Book,
  account: AccountRow,
  answers: readonly bigint[],
): boolean {
  const { accounts, legs, exact } = book;
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
