import { isLiquidatableExact, type AccountRow } from '@undertow/book';
import { moveCash, moveFund, openInsurance, payBadDebt, type Insurance } from './insurance.ts';
import {
  imbalance,
  liquidatableExposure,
  readMargin,
  valueMargin,
  type Margin,
  type MarginPart,
} from './margin-account.ts';
import type { Effect, Liquidation, Rule, View } from './rule.ts';
import { collateralSale } from './sell-margin-collateral.ts';

/** USD by which the contracts' own rounding (to a raw unit of the settlement token) may move a side. */
const ROUNDING_USD = 1e-5;
/** Float error as a share of an account's amounts. */
const FLOAT_ERROR = 1e-11;

/**
 * Rule of cross-margined perpetuals. An account whose margin is short loses its largest position, or as much of it as
 * half of all its positions' value, to a liquidator at the mark price, and pays a penalty: half to the liquidator, half
 * to the insurance fund; all to the liquidator when the account is worth less than nothing. The liquidator closes it at
 * once in the market of the base asset. Then collateral other than cash is sold to a liquidator at a discount where the
 * venue lets it. What an account without positions and collateral owes is paid by the insurance fund. Where the fund
 * could not pay for it nobody may liquidate.
 *
 * Source: the exact integer versions in libs/market, `liquidateExposure` and `liquidateMarginCollateral`.
 */
export const closePosition: Rule = {
  isDue: (view, account) => {
    const margin = readMargin(view, account);
    const value = valueMargin(margin);
    if (view.exactAnswers) {
      const band = ROUNDING_USD + FLOAT_ERROR * value.grossUsd;
      if (value.distancesUsd.some((distance) => Math.abs(distance) < band)) {
        return isLiquidatableExact(view.book, account, view.exactAnswers);
      }
    }
    return value.isShort || value.isCollateralDue;
  },
  liquidate,
};

/** First every account's position, then every account's collateral, as liquidators do at one price. */
function liquidate(view: View, due: readonly AccountRow[]): Liquidation[] {
  const done = new Map<AccountRow, Liquidation>();
  const margins = due.map((account) => readMargin(view, account));
  const fund = openInsurance(view, margins[0]);
  for (const margin of margins) add(done, margin, closeLargest(view, margin, fund));
  for (const margin of margins) add(done, margin, collateralSale(view, margin, fund));
  return [...done.values()];
}

function add(done: Map<AccountRow, Liquidation>, { account }: Margin, part: MarginPart | undefined): void {
  if (!part) return;
  const before = done.get(account) ?? { account, repaidUsd: 0, seizedUsd: 0, effects: [] };
  done.set(account, {
    account,
    repaidUsd: before.repaidUsd + part.repaidUsd,
    seizedUsd: before.seizedUsd + part.seizedUsd,
    effects: [...before.effects, ...part.effects],
  });
}

/** Closes (part of) the position of the largest value; changes `margin` and `fund`. */
function closeLargest(view: View, margin: Margin, fund: Insurance): MarginPart | undefined {
  const value = valueMargin(margin);
  const found = value.isShort ? liquidatableExposure(margin, value) : undefined;
  if (!found) return undefined;
  const { exposure, share } = found;
  const size = exposure.size * share;
  const notional = Math.abs(size) * exposure.priceUsd;
  const penalty = notional * margin.penalty;
  const toFund = value.accountUsd < 0 ? 0 : penalty / 2;
  const lacking = penalty - value.accountUsd;
  if (lacking > 0 && fund.amount + toFund < lacking) return undefined;
  const openNotional = exposure.openNotional * share;
  const cashDelta = Math.sign(size) * notional + openNotional - penalty;
  const effects: Effect[] = [
    ...(exposure.base === undefined
      ? []
      : [{ kind: 'leg', leg: exposure.base, delta: -Math.abs(size) } as const]),
    ...(exposure.notional === undefined
      ? []
      : [{ kind: 'leg', leg: exposure.notional, delta: -Math.abs(openNotional) } as const]),
    ...moveCash(margin, cashDelta),
    { kind: size > 0 ? 'sell' : 'buy', asset: exposure.asset, amount: Math.abs(size) },
    ...imbalance(margin.quote, Math.sign(size) * notional - penalty),
    ...moveFund(view, fund, toFund),
  ];
  exposure.size -= size;
  exposure.openNotional -= openNotional;
  effects.push(...payBadDebt(view, margin, fund));
  return { seizedUsd: notional, repaidUsd: 0, effects };
}
