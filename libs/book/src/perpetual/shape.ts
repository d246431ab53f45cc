import { assert } from '@undertow/units';
import type { MarginAccountTerms } from '@undertow/market';
import type { AccountRow, Book, LegRow } from '../book.ts';
import { COLLATERAL, PERPETUAL, termsOfState } from './state.ts';

/** A position's legs in one market; one of them may be missing. */
export interface ExposureLegs {
  readonly base?: LegRow;
  /** Open notional: paid for a long position (side -1), received for a short one (side 1). */
  readonly notional?: LegRow;
}

/** Which leg of a margin account is what. */
export interface MarginShape {
  readonly terms: MarginAccountTerms;
  readonly exposures: readonly ExposureLegs[];
  readonly collaterals: readonly LegRow[];
  /** Cash above and below zero; at most one has an amount. */
  readonly cashIn: LegRow;
  readonly cashOut: LegRow;
}

/** Tells the legs of an account of a margin venue apart. */
export function marginShape({ legs, accounts, oracles, exact }: Book, account: AccountRow): MarginShape {
  const exposures = new Map<number, ExposureLegs>();
  const collaterals: LegRow[] = [];
  let cash: Partial<Pick<MarginShape, 'terms' | 'cashIn' | 'cashOut'>> = {};
  for (let row = accounts.legStart[account]!; row < accounts.legStart[account + 1]!; row++) {
    const leg = row as LegRow;
    const market = legs.market[leg]!;
    const state = exact.marketState[market]!;
    if (state[0] === PERPETUAL) {
      const isBase = !oracles[legs.oracle[leg]!]!.isFixed;
      exposures.set(market, { ...exposures.get(market), ...(isBase ? { base: leg } : { notional: leg }) });
    } else if (state[0] === COLLATERAL) {
      collaterals.push(leg);
    } else {
      const place = legs.side[leg] === 1 ? { cashIn: leg } : { cashOut: leg };
      cash = { terms: termsOfState(state), ...cash, ...place };
    }
  }
  const { terms, cashIn, cashOut } = cash;
  assert(terms && cashIn !== undefined && cashOut !== undefined, 'a margin account has two legs of cash');
  return { terms, exposures: [...exposures.values()], collaterals, cashIn, cashOut };
}
