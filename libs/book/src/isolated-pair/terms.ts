import { pairIncentiveFactorWad } from '@undertow/market';
import type { BookContent } from '../file/canonical.ts';
import { collateralOn } from '../terms/collateral-on.ts';
import type { MechanismTerms } from '../terms/mechanism-terms.ts';

/** A pair has one term, its threshold: the borrowing limit is the same, and the bonus follows from it. */
export const pairTerms: MechanismTerms = {
  market: ['liquidationThreshold'],
  venue: [],
  followMarket(book, { market, value }): BookContent {
    const loanToValue = book.legs.loanToValue.slice();
    const liquidationBonus = book.legs.liquidationBonus.slice();
    const bonus = Number(pairIncentiveFactorWad(BigInt(Math.round(value * 1e18)))) / 1e18 - 1;
    for (const leg of collateralOn(book, market)) {
      loanToValue[leg] = value;
      liquidationBonus[leg] = bonus;
    }
    return { ...book, legs: { ...book.legs, loanToValue, liquidationBonus } };
  },
};
