import type { Offer } from '../kernel.ts';
import type { LiquidatorPolicy } from '../scenario.ts';
import { choosePaying, type Desk, type Quote, type SizeLimits } from './choose-call.ts';

/** What liquidators do in one round. */
export interface Liquidators {
  /** The call that is made of those that a venue would accept now, where the markets stand; undefined = none. */
  choose<Quoted extends Quote>(
    desk: Desk<Quoted>,
    offers: readonly Offer[],
    mostMove: number,
  ): Quoted | undefined;
  /** Notes that a call was made. */
  spend(quote: Quote): void;
}

/** The liquidators of a policy as a round begins; see `LiquidatorPolicy`. */
export function openLiquidators(policy: LiquidatorPolicy): Liquidators {
  if (policy.kind === 'unlimited') return unlimited;
  let leftUsd = policy.kind === 'capital' ? policy.capitalUsd : Infinity;
  return {
    choose(desk, offers, mostMove) {
      const limits: SizeLimits = { mostCostUsd: leftUsd, mostMove };
      return leftUsd > 0 ? choosePaying(desk, offers, { gasUsd: policy.gasUsd, limits }) : undefined;
    },
    spend({ offer, size }) {
      if (leftUsd === Infinity) return;
      const [done] = offer.at(size);
      leftUsd -= done?.repaidUsd ?? 0;
    },
  };
}

/** The largest amounts that the contract allows, whatever they bring. */
const unlimited: Liquidators = {
  choose(desk, offers) {
    const [largest] = offers;
    return largest && desk.quote(largest, 1);
  },
  spend: () => {},
};
