import { WAD } from '@undertow/units';
import type { BookContent } from '../file/canonical.ts';
import { collateralOn } from '../terms/collateral-on.ts';
import type { MechanismTerms } from '../terms/mechanism-terms.ts';

/** The least ratio, as its inverse the threshold, and the part of the collateral that a liquidator gets. */
export const cdpTerms: MechanismTerms = {
  market: ['liquidationThreshold'],
  venue: ['liquidatorShare'],
  followMarket(book, { market, value }): BookContent {
    const { exact, legs } = book;
    const [, ...rest] = exact.marketState[market]!;
    const threshold = BigInt(Math.round(value * 1e18));
    const marketState = exact.marketState.with(market, [(WAD * WAD) / threshold, ...rest]);
    const loanToValue = legs.loanToValue.slice();
    for (const leg of collateralOn(book, market)) loanToValue[leg] = value;
    return { ...book, legs: { ...legs, loanToValue }, exact: { ...exact, marketState } };
  },
};
