import type { BookContent } from '../file/canonical.ts';
import type { MarketRow } from '../rows.ts';
import type { MarketTerm } from './override.ts';

/** The legs whose collateral counts, or may be seized, on the terms of a market. */
export function collateralOn({ legs, accounts, venues }: BookContent, market: MarketRow): number[] {
  const found: number[] = [];
  for (let account = 0; account < accounts.count; account++) {
    const { rule } = venues[accounts.venue[account]!]!;
    const takesAll = rule?.kernel === 'repay-and-seize' && rule.seizesAllSupply;
    for (let leg = accounts.legStart[account]!; leg < accounts.legStart[account + 1]!; leg++) {
      const counts = legs.liquidationThreshold[leg]! > 0 || takesAll;
      if (legs.termsMarket[leg] === market && legs.side[leg] === 1 && counts) found.push(leg);
    }
  }
  return found;
}

/** A term that is of collateral: a cap is of a whole market. */
export type CollateralTerm = Exclude<MarketTerm, 'supplyCap' | 'borrowCap'>;

/**
 * The legs that a term of a market holds for. What may only be seized has a bonus, but no threshold and no borrowing limit; and
 * the protocol's fee is that of the market in which the collateral lies, whatever e-mode category its account has chosen.
 */
export function legsOfTerm(book: BookContent, market: MarketRow, term: CollateralTerm): number[] {
  const { legs } = book;
  if (term === 'liquidationBonus') return collateralOn(book, market);
  if (term !== 'liquidationProtocolFee')
    return collateralOn(book, market).filter((leg) => legs.liquidationThreshold[leg]! > 0);
  const marketsOfTerms = new Set<number>();
  for (let leg = 0; leg < legs.count; leg++)
    if (legs.market[leg] === market) marketsOfTerms.add(legs.termsMarket[leg]!);
  return [...marketsOfTerms]
    .flatMap((row) => collateralOn(book, row as MarketRow))
    .filter((leg) => legs.market[leg] === market)
    .sort((a, b) => a - b);
}
