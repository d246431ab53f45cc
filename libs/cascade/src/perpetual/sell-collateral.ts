import { valueMargin, type Margin } from '@undertow/book';
import type { Effect, Flow, Liquidation, Offer } from '../kernel.ts';
import type { View } from '../state.ts';
import { copyOf } from './close-position.ts';
import { insuranceFund, moveCash, moveFund, payBadDebt } from './insurance.ts';

/**
 * The call that sells as much of an account's first collateral as one call may, where its venue lets it: a liquidator pays the
 * price less the discount, part of it to the insurance fund. Source: `liquidateMarginCollateral` of libs/market.
 */
export function collateralOffer(view: View, margin: Margin): Offer | undefined {
  const { rule } = margin;
  const collateral = margin.collaterals.find(({ amount }) => amount > 0);
  if (!collateral) return undefined;
  const { settlementUsd } = valueMargin(margin);
  const debtUsd = Math.max(-settlementUsd, 0, owedUsd(margin) * rule.initialMargin);
  const share = debtUsd > rule.collateralDustUsd ? rule.collateralShare : 1;
  const wantedUsd = (debtUsd * share) / (1 - rule.collateralFundFee);
  const priceUsd = collateral.priceUsd * collateral.discounted;
  const seized = Math.min(collateral.amount, wantedUsd / priceUsd);
  if (seized <= 0) return undefined;
  const repaidUsd = seized * priceUsd;
  const toFund = repaidUsd * rule.collateralFundFee;
  const fund = insuranceFund(view, margin);
  const flows: Flow[] = [
    { asset: collateral.asset, amount: seized },
    { asset: margin.quote, amount: toFund - repaidUsd },
  ];
  if (fund.asset !== undefined) flows.push({ asset: fund.asset, amount: -toFund });
  return {
    mostPart: 1,
    flows,
    soldByOthers: [],
    at: (part): readonly Liquidation[] => {
      const left = copyOf(margin);
      left.collaterals.find(({ leg }) => leg === collateral.leg)!.amount -= seized * part;
      const effects: Effect[] = [
        { kind: 'leg', leg: collateral.leg, delta: -seized * part },
        ...moveCash(left, (repaidUsd - toFund) * part),
        ...moveFund(fund, toFund * part),
        ...payBadDebt(fund, left),
      ];
      const seizedUsd = seized * collateral.priceUsd * part;
      return [{ account: margin.account, repaidUsd: repaidUsd * part, seizedUsd, effects }];
    },
  };
}

/** What an account owes in base and in quote. Source: `AccountBalance.getTotalDebtValue`. */
function owedUsd({ exposures }: Margin): number {
  const quote = exposures.reduce((sum, { openNotional }) => sum + openNotional, 0);
  const base = exposures.reduce((sum, { size, priceUsd }) => sum + Math.min(size, 0) * priceUsd, 0);
  return Math.abs(Math.min(quote, 0) + base);
}
