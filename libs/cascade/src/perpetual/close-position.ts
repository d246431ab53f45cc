import { valueMargin, type MarginPosition, type Margin, type MarginValue } from '@undertow/book';
import type { Effect, Flow, Liquidation, Offer } from '../kernel.ts';
import type { View } from '../state.ts';
import { insuranceFund, moveCash, moveFund, payBadDebt } from './insurance.ts';

/** A share that is a whole millionth but for float rounding is one: a few products, a sum over some markets, one division. */
const FLOAT_ERROR = 1e-14;

/**
 * The call that takes over (part of) an account's largest position at the mark price. The account pays a penalty: half to the
 * liquidator, half to the insurance fund; all to the liquidator when the account is worth less than nothing.
 */
export function closingOffer(view: View, margin: Margin): Offer | 'fund-empty' | undefined {
  const value = valueMargin(margin);
  const found = liquidatableExposure(margin, value);
  if (!found) return undefined;
  const { exposure, share } = found;
  const size = exposure.size * share;
  const notionalUsd = Math.abs(size) * exposure.priceUsd;
  const penaltyUsd = notionalUsd * margin.rule.liquidationPenalty;
  const toFund = value.accountUsd < 0 ? 0 : penaltyUsd / 2;
  const fund = insuranceFund(view, margin);
  const lackingUsd = penaltyUsd - value.accountUsd;
  if (lackingUsd > 0 && fund.amount + toFund < lackingUsd) return 'fund-empty';
  const openNotional = exposure.openNotional * share;
  const paidForUsd = Math.sign(size) * notionalUsd;
  const flows: Flow[] = [
    { asset: exposure.asset, amount: size },
    { asset: margin.quote, amount: penaltyUsd - paidForUsd },
  ];
  if (fund.asset !== undefined) flows.push({ asset: fund.asset, amount: -toFund });
  return {
    mostPart: 1,
    flows,
    soldByOthers: [],
    at: (part): readonly Liquidation[] => {
      const left = copyOf(margin);
      const own = left.exposures.find(({ asset }) => asset === exposure.asset)!;
      own.size -= size * part;
      own.openNotional -= openNotional * part;
      const effects: Effect[] = [
        ...(exposure.base === undefined
          ? []
          : [{ kind: 'leg', leg: exposure.base, delta: -Math.abs(size) * part } as const]),
        ...(exposure.notional === undefined
          ? []
          : [{ kind: 'leg', leg: exposure.notional, delta: -Math.abs(openNotional) * part } as const]),
        ...moveCash(left, (paidForUsd + openNotional - penaltyUsd) * part),
        ...moveFund(fund, toFund * part),
        ...payBadDebt(fund, left),
      ];
      return [{ account: margin.account, repaidUsd: 0, seizedUsd: notionalUsd * part, effects }];
    },
  };
}

/** The position of the largest value (the first when equal), and the share of it that may be closed, in whole millionths. */
export function liquidatableExposure(
  { exposures, rule }: Margin,
  { accountUsd, requirementUsd, positionsUsd }: MarginValue,
): { readonly exposure: MarginPosition; readonly share: number } | undefined {
  const valueUsd = ({ size, priceUsd }: MarginPosition) => Math.abs(size) * priceUsd;
  const [exposure] = exposures.toSorted((a, b) => valueUsd(b) - valueUsd(a));
  if (!exposure || exposure.size === 0) return undefined;
  const isWhole = valueUsd(exposure) <= rule.leastPartialUsd || accountUsd < requirementUsd / 2;
  const share = positionsUsd / (2 * valueUsd(exposure));
  return {
    exposure,
    share: isWhole || share >= 1 ? 1 : Math.floor(share * 1e6 * (1 + FLOAT_ERROR)) / 1e6,
  };
}

/** A margin account whose amounts may be changed without the first's. */
export function copyOf(margin: Margin): Margin {
  return {
    ...margin,
    exposures: margin.exposures.map((exposure) => ({ ...exposure })),
    collaterals: margin.collaterals.map((collateral) => ({ ...collateral })),
  };
}
