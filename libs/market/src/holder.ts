import type { Fact } from './fact.ts';
import type { Address, MarketId, VenueId } from './id.ts';
import { categoryMarketId } from './market-id.ts';

/** An owner who has, or once had, something at a venue, and the market in which that is. */
export interface Holder {
  readonly venue: VenueId;
  readonly market: MarketId;
  readonly owner: Address;
}

/**
 * The holder that a fact is about; undefined when it is about no one in particular. Whoever must find all accounts of a
 * venue asks this of every fact: an account may have no leg at all, because it is a written option, cash on a margin
 * account, a debt in a market that was never supplied to, or nothing but a choice.
 *
 * Someone who chose an e-mode category is a holder in that category's market, also when it is category 0, which stands
 * for none and has no terms. The liquidator of a `Liquidated` is not a holder by it: what it was given is a fact of its
 * own.
 */
export function holderOf(fact: Fact): Holder | undefined {
  switch (fact.kind) {
    case 'LegChanged':
    case 'CollateralSwitched':
    case 'PositionChanged':
    case 'Liquidated':
      return { venue: fact.venue, market: fact.market, owner: fact.owner };
    case 'CategoryChosen':
      return { venue: fact.venue, market: categoryMarketId(fact.category), owner: fact.owner };
    case 'TermsChanged':
    case 'IndexAccrued':
    case 'PricePosted':
    case 'FormulaPosted':
    case 'LiquidityChanged':
    case 'GrowthAccrued':
    case 'VolatilityPosted':
    case 'FundMoved':
    case 'RatioPosted':
    case 'HoldingRead':
    case 'Quarantined':
      return undefined;
    default:
      // The compiler refuses this line while a kind of fact is missing above.
      return fact satisfies never;
  }
}
