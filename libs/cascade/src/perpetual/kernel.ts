import { readMargin, valueMargin, type AccountRow } from '@undertow/book';
import type { Claim, Kernel, Offer, Refusal } from '../kernel.ts';
import type { View } from '../state.ts';
import { closingOffer } from './close-position.ts';
import { collateralOffer } from './sell-collateral.ts';

/**
 * Cross-margined perpetuals. An account whose margin is short loses its largest position, or as much of it as half of all its
 * positions' value, to a liquidator at the mark price. When all positions of the round are dealt with, collateral other than
 * cash is sold to liquidators at a discount where the venue lets it. What an account without positions and collateral owes is
 * paid by the insurance fund; where the fund could not pay for it the contract refuses.
 *
 * Source: the exact integer versions in libs/market, `liquidateExposure` and `liquidateMarginCollateral`.
 */
export const closePosition: Kernel = {
  claims: (view, due) =>
    due.flatMap((account): Claim[] => {
      const { accountUsd, requirementUsd, positionsUsd } = valueMargin(readMargin(view, account));
      const healthFactor = positionsUsd > 0 ? accountUsd / requirementUsd : Infinity;
      const claim = { accounts: [account], healthFactor };
      return [
        { ...claim, phase: 0, offers: (now) => closings(now, account) },
        { ...claim, phase: 1, offers: (now) => sales(now, account) },
      ];
    }),
  closingCostUsd(view, account) {
    const margin = readMargin(view, account);
    return valueMargin(margin).positionsUsd * margin.rule.liquidationPenalty;
  },
};

function closings(view: View, account: AccountRow): readonly Offer[] | Refusal {
  const margin = readMargin(view, account);
  const offer = valueMargin(margin).isShort ? closingOffer(view, margin) : undefined;
  if (offer === 'fund-empty') return offer;
  return offer ? [offer] : [];
}

function sales(view: View, account: AccountRow): readonly Offer[] {
  const margin = readMargin(view, account);
  const offer = valueMargin(margin).isCollateralDue ? collateralOffer(view, margin) : undefined;
  return offer ? [offer] : [];
}
