import { moveCash, moveFund, payBadDebt, type Insurance } from './insurance.ts';
import { imbalance, valueMargin, type Margin, type MarginPart } from './margin-account.ts';
import type { View } from './rule.ts';

/**
 * Sells as much of an account's first collateral as one call may, where its venue lets it: a liquidator pays the price
 * less the discount, part of it to the insurance fund, and sells what it got. Changes `margin` and `fund`.
 * Source: `liquidateMarginCollateral` of libs/market.
 */
export function collateralSale(view: View, margin: Margin, fund: Insurance): MarginPart | undefined {
  const value = valueMargin(margin);
  const collateral = margin.collaterals.find(({ amount }) => amount > 0);
  if (!collateral || !value.isCollateralDue) return undefined;
  const debtUsd = Math.max(-value.settlementUsd, 0, owedUsd(margin) * margin.initialMargin);
  const share = debtUsd > margin.collateralDustUsd ? margin.collateralShare : 1;
  const wantedUsd = (debtUsd * share) / (1 - margin.collateralFundFee);
  const priceUsd = collateral.priceUsd * collateral.discounted;
  const seized = Math.min(collateral.amount, wantedUsd / priceUsd);
  if (seized <= 0) return undefined;
  const repaid = seized * priceUsd;
  const toFund = repaid * margin.collateralFundFee;
  collateral.amount -= seized;
  const effects = [
    { kind: 'leg', leg: collateral.leg, delta: -seized } as const,
    ...moveCash(margin, repaid - toFund),
    { kind: 'sell', asset: collateral.asset, amount: seized } as const,
    ...imbalance(margin.quote, repaid - toFund),
    ...moveFund(view, fund, toFund),
    ...payBadDebt(view, margin, fund),
  ];
  return { seizedUsd: seized * collateral.priceUsd, repaidUsd: repaid, effects };
}

/** What an account owes in base and in quote. Source: `AccountBalance.getTotalDebtValue`. */
function owedUsd({ exposures }: Margin): number {
  const quote = exposures.reduce((sum, { openNotional }) => sum + openNotional, 0);
  const base = exposures.reduce((sum, { size, priceUsd }) => sum + Math.min(size, 0) * priceUsd, 0);
  return Math.abs(Math.min(quote, 0) + base);
}
