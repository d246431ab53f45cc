import type { BookContent } from '../file/canonical.ts';
import type { MarketRow } from '../rows.ts';

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
