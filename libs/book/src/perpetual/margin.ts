import { assert } from '@undertow/units';
import type { AccountRow, AssetRow, LegRow } from '../rows.ts';
import type { BookValues } from '../value-account.ts';
import type { MarginRule } from './rule.ts';
import { marginShape } from './shape.ts';

/** A position of a margin account in floats; changed while its account is liquidated. */
export interface MarginPosition {
  readonly base: LegRow | undefined;
  readonly notional: LegRow | undefined;
  readonly asset: AssetRow;
  readonly priceUsd: number;
  /** Base units; negative = short. */
  size: number;
  /** USD: negative = was paid for a long position. */
  openNotional: number;
}

/** Collateral other than cash. */
export interface MarginHolding {
  readonly leg: LegRow;
  readonly asset: AssetRow;
  readonly priceUsd: number;
  /** Share of the value that counts, and what a liquidator pays of it. */
  readonly ratio: number;
  readonly discounted: number;
  amount: number;
}

/** A margin account in floats; changed while it is liquidated. */
export interface Margin {
  readonly account: AccountRow;
  readonly rule: MarginRule;
  readonly exposures: readonly MarginPosition[];
  readonly collaterals: readonly MarginHolding[];
  readonly cashIn: LegRow;
  readonly cashOut: LegRow;
  readonly quote: AssetRow;
  cash: number;
}

export interface MarginValue {
  /** Cash and positions, without other collateral. */
  readonly settlementUsd: number;
  /** Counted value of other collateral. */
  readonly collateralUsd: number;
  readonly accountUsd: number;
  readonly positionsUsd: number;
  readonly requirementUsd: number;
  /** Sum of all amounts without sign: what float errors are a share of. */
  readonly grossUsd: number;
  readonly isShort: boolean;
  readonly isCollateralDue: boolean;
  /** How far every line is that could make the account due. */
  readonly distancesUsd: readonly number[];
}

/** A margin account of a book at moved amounts and prices. */
export function readMargin(values: BookValues, account: AccountRow): Margin {
  const { book, amount, oraclePriceUsd } = values;
  const { legs, venues, accounts } = book;
  const { rule } = venues[accounts.venue[account]!]!;
  assert(rule?.kernel === 'close-position', 'an account of a margin venue has its rule');
  const { cashIn, cashOut, exposures, collaterals } = marginShape(book, account);
  const priceOf = (leg: LegRow) => oraclePriceUsd[legs.oracle[leg]!]!;
  const signed = (leg: LegRow | undefined) => (leg === undefined ? 0 : amount[leg]! * legs.side[leg]!);
  const assetOf = (leg: LegRow) => legs.asset[leg]! as AssetRow;
  return {
    account,
    rule,
    cashIn,
    cashOut,
    quote: assetOf(cashIn),
    cash: signed(cashIn) + signed(cashOut),
    exposures: exposures.map(({ base, notional }) => ({
      base,
      notional,
      asset: assetOf(base ?? notional!),
      priceUsd: base === undefined ? 0 : priceOf(base),
      size: signed(base),
      openNotional: signed(notional),
    })),
    collaterals: collaterals.map((leg) => ({
      leg,
      asset: assetOf(leg),
      priceUsd: priceOf(leg),
      ratio: legs.liquidationThreshold[leg]!,
      discounted: 1 / (1 + legs.liquidationBonus[leg]!),
      amount: amount[leg]!,
    })),
  };
}

/** Source: `marginFigures`, `isMarginShort`, `isMarginCollateralDue` of libs/market. */
export function valueMargin({ rule, exposures, collaterals, cash }: Margin): MarginValue {
  let unrealizedUsd = 0;
  let positionsUsd = 0;
  let collateralUsd = 0;
  let grossUsd = Math.abs(cash);
  for (const { size, priceUsd, openNotional } of exposures) {
    unrealizedUsd += size * priceUsd + openNotional;
    positionsUsd += Math.abs(size) * priceUsd;
    grossUsd += Math.abs(size) * priceUsd + Math.abs(openNotional);
  }
  for (const { amount, priceUsd, ratio } of collaterals) collateralUsd += amount * priceUsd * ratio;
  const settlementUsd = cash + unrealizedUsd;
  const accountUsd = settlementUsd + collateralUsd;
  const requirementUsd = positionsUsd * rule.maintenanceMargin;
  const isOpen = positionsUsd > 0;
  const debtUsd = Math.max(-settlementUsd, 0);
  const lines = [
    accountUsd - positionsUsd * (rule.maintenanceMargin + rule.collateralMarginBuffer),
    collateralUsd * rule.debtToCollateral - debtUsd,
    rule.debtThresholdUsd - debtUsd,
  ];
  const hasCollateral = collateralUsd > 0;
  return {
    settlementUsd,
    collateralUsd,
    accountUsd,
    positionsUsd,
    requirementUsd,
    grossUsd: grossUsd + collateralUsd,
    isShort: isOpen && accountUsd < requirementUsd,
    isCollateralDue: hasCollateral && lines.some((distance) => distance < 0),
    distancesUsd: [...(isOpen ? [accountUsd - requirementUsd] : []), ...(hasCollateral ? lines : [])],
  };
}
