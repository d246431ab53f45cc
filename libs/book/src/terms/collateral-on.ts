import type { BookContent } from '../file/canonical.ts';
import type { MarketRow } from '../rows.ts';
import type { MarketTerm } from './override.ts';

/** The legs whose collateral counts, or may be seized, on the terms of a market. */
export const collateralOn = (book: BookContent, market: MarketRow): number[] =>
  [...collateralLegs(book)].filter((leg) => book.legs.termsMarket[leg] === market);

/** The legs whose collateral counts, or may be seized, in the order of the book. */
function* collateralLegs({ legs, accounts, venues }: BookContent): Generator<number> {
  for (let account = 0; account < accounts.count; account++) {
    const { rule } = venues[accounts.venue[account]!]!;
    const takesAll = rule?.kernel === 'repay-and-seize' && rule.seizesAllSupply;
    for (let leg = accounts.legStart[account]!; leg < accounts.legStart[account + 1]!; leg++) {
      const counts = legs.liquidationThreshold[leg]! > 0 || takesAll;
      if (legs.side[leg] === 1 && counts) yield leg;
    }
  }
}

/** The legs of every market by its row: as `collateralOn`, and those that lie in it, whatever the terms. */
export interface CollateralByMarket {
  readonly onTerms: readonly (readonly number[])[];
  readonly within: readonly (readonly number[])[];
}

/** The same for all markets at once: a large book is gone through once. */
export function collateralByMarket(book: BookContent): CollateralByMarket {
  const { termsMarket, market } = book.legs;
  const onTerms = book.markets.map((): number[] => []);
  const within = book.markets.map((): number[] => []);
  for (const leg of collateralLegs(book)) {
    onTerms[termsMarket[leg]!]?.push(leg);
    within[market[leg]!]?.push(leg);
  }
  return { onTerms, within };
}

/** A term that is of collateral: a cap is of a whole market. */
export type CollateralTerm = Exclude<MarketTerm, 'supplyCap' | 'borrowCap'>;

/**
 * The legs that a term of a market holds for. What may only be seized has a bonus, but no threshold and no borrowing limit; and
 * the protocol's fee is that of the market in which the collateral lies, whatever e-mode category its account has chosen.
 */
export function legsOfTerm(
  book: BookContent,
  market: MarketRow,
  term: CollateralTerm,
  { onTerms, within }: CollateralByMarket = collateralByMarket(book),
): readonly number[] {
  if (term === 'liquidationProtocolFee') return within[market]!;
  const own = onTerms[market]!;
  if (term === 'liquidationBonus') return own;
  return own.filter((leg) => book.legs.liquidationThreshold[leg]! > 0);
}
