import { marginShape, type AccountRow, type AssetRow, type LegRow } from '@undertow/book';
import type { Effect, View } from './rule.ts';

/** A position of a margin account in floats; changed while its account is liquidated. */
export interface Exposure {
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
  readonly exposures: readonly Exposure[];
  readonly collaterals: readonly MarginHolding[];
  readonly cashIn: LegRow;
  readonly cashOut: LegRow;
  readonly quote: AssetRow;
  cash: number;
  readonly initialMargin: number;
  readonly maintenanceMargin: number;
  readonly penalty: number;
  readonly collateralBuffer: number;
  readonly debtToCollateral: number;
  readonly debtThresholdUsd: number;
  readonly collateralShare: number;
  readonly collateralDustUsd: number;
  readonly collateralFundFee: number;
}

/** What one part of a liquidation did. */
export interface MarginPart {
  readonly seizedUsd: number;
  readonly repaidUsd: number;
  readonly effects: readonly Effect[];
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

export function readMargin({ book, amount, oraclePriceUsd }: View, account: AccountRow): Margin {
  const { legs } = book;
  const shape = marginShape(book, account);
  const { terms, cashIn, cashOut } = shape;
  const priceOf = (leg: LegRow) => oraclePriceUsd[legs.oracle[leg]!]!;
  const signed = (leg: LegRow | undefined) => (leg === undefined ? 0 : amount[leg]! * legs.side[leg]!);
  const assetOf = (leg: LegRow) => legs.asset[leg]! as AssetRow;
  const unit = 10 ** terms.decimals;
  const ratio = (valueE6: bigint) => Number(valueE6) / 1e6;
  return {
    ...{ account, cashIn, cashOut, quote: assetOf(cashIn), cash: signed(cashIn) + signed(cashOut) },
    exposures: shape.exposures.map(({ base, notional }) => ({
      ...{ base, notional, size: signed(base), openNotional: signed(notional) },
      asset: assetOf(base ?? notional!),
      priceUsd: base === undefined ? 0 : priceOf(base),
    })),
    collaterals: shape.collaterals.map((leg) => ({
      ...{ leg, asset: assetOf(leg), priceUsd: priceOf(leg), amount: amount[leg]! },
      ratio: legs.liquidationThreshold[leg]!,
      discounted: 1 / (1 + legs.liquidationBonus[leg]!),
    })),
    initialMargin: ratio(terms.initialMarginE6),
    maintenanceMargin: ratio(terms.maintenanceMarginE6),
    penalty: ratio(terms.liquidationPenaltyE6),
    collateralBuffer: ratio(terms.collateralMarginBufferE6),
    debtToCollateral: ratio(terms.debtToCollateralE6),
    debtThresholdUsd: Number(terms.debtThreshold) / unit,
    collateralShare: ratio(terms.collateralLiquidationE6),
    collateralDustUsd: Number(terms.collateralDust) / unit,
    collateralFundFee: ratio(terms.collateralFundFeeE6),
  };
}

/** Source: `marginFigures`, `isMarginShort`, `isMarginCollateralDue` of libs/market. */
export function valueMargin(margin: Margin): MarginValue {
  const { exposures, collaterals, cash, maintenanceMargin } = margin;
  let [unrealizedUsd, positionsUsd, collateralUsd, grossUsd] = [0, 0, 0, Math.abs(cash)];
  for (const { size, priceUsd, openNotional } of exposures) {
    unrealizedUsd += size * priceUsd + openNotional;
    positionsUsd += Math.abs(size) * priceUsd;
    grossUsd += Math.abs(size) * priceUsd + Math.abs(openNotional);
  }
  for (const { amount, priceUsd, ratio } of collaterals) collateralUsd += amount * priceUsd * ratio;
  const settlementUsd = cash + unrealizedUsd;
  const accountUsd = settlementUsd + collateralUsd;
  const requirementUsd = positionsUsd * maintenanceMargin;
  const isOpen = positionsUsd > 0;
  const debtUsd = Math.max(-settlementUsd, 0);
  const lines = [
    accountUsd - positionsUsd * (maintenanceMargin + margin.collateralBuffer),
    collateralUsd * margin.debtToCollateral - debtUsd,
    margin.debtThresholdUsd - debtUsd,
  ];
  const hasCollateral = collateralUsd > 0;
  return {
    ...{ settlementUsd, collateralUsd, accountUsd, positionsUsd, requirementUsd },
    grossUsd: grossUsd + collateralUsd,
    isShort: isOpen && accountUsd < requirementUsd,
    isCollateralDue: hasCollateral && lines.some((distance) => distance < 0),
    distancesUsd: [...(isOpen ? [accountUsd - requirementUsd] : []), ...(hasCollateral ? lines : [])],
  };
}

/** A share that is a whole millionth but for float rounding is one. */
const FLOAT_ERROR = 1e-12;

/** Positions worth at most this are liquidated whole, USD. `AccountBalance._MIN_PARTIAL_LIQUIDATE_POSITION_VALUE`. */
const LEAST_PARTIAL_USD = 100;

/** The position of the largest value (the first when equal), and the share of it that may be closed, in whole millionths. */
export function liquidatableExposure(
  { exposures }: Margin,
  { accountUsd, requirementUsd, positionsUsd }: MarginValue,
): { readonly exposure: Exposure; readonly share: number } | undefined {
  const valueUsd = ({ size, priceUsd }: Exposure) => Math.abs(size) * priceUsd;
  const [exposure] = exposures.toSorted((a, b) => valueUsd(b) - valueUsd(a));
  if (!exposure || exposure.size === 0) return undefined;
  const isWhole = valueUsd(exposure) <= LEAST_PARTIAL_USD || accountUsd < requirementUsd / 2;
  const share = positionsUsd / (2 * valueUsd(exposure));
  return { exposure, share: isWhole || share >= 1 ? 1 : Math.floor(share * 1e6 * (1 + FLOAT_ERROR)) / 1e6 };
}

/** Cash that liquidators hand over (positive) or get. */
export function imbalance(asset: AssetRow, amount: number): Effect[] {
  if (amount === 0) return [];
  return [{ kind: amount > 0 ? 'buy' : 'sell', asset, amount: Math.abs(amount) }];
}
