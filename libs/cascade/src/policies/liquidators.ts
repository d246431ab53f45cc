import type { Offer } from '../kernel.ts';
import type { Market, Places } from '../market/market.ts';
import type { LiquidatorPolicy } from '../scenario.ts';
import { callOf, choosePaying, type Choice, type SizeLimits } from './choose-call.ts';

/** What liquidators do in one round. */
export interface Liquidators {
  /** The call that is made of those that a venue would accept now, where the market stands; undefined = none. */
  choose(
    at: { readonly market: Market; readonly places: Places },
    offers: readonly Offer[],
    mostMove: number,
  ): Choice | undefined;
  /** Notes that a call was made. */
  spend(choice: Choice): void;
}

/** The liquidators of a policy as a round begins; see `LiquidatorPolicy`. */
export function openLiquidators(policy: LiquidatorPolicy): Liquidators {
  if (policy.kind === 'unlimited') return unlimited;
  let leftUsd = policy.kind === 'capital' ? policy.capitalUsd : Infinity;
  return {
    choose(at, offers, mostMove) {
      const limits: SizeLimits = { mostCostUsd: leftUsd, mostMove };
      return leftUsd > 0 ? choosePaying(at, offers, { gasUsd: policy.gasUsd, limits }) : undefined;
    },
    spend({ offer, size }) {
      const [done] = offer.at(size);
      leftUsd -= done?.repaidUsd ?? 0;
    },
  };
}

/** The largest amounts that the contract allows, whatever they bring. */
const unlimited: Liquidators = {
  choose(at, offers) {
    const [largest] = offers;
    return largest && callOf(at, largest, 1);
  },
  spend: () => {},
};
