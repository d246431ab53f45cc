import { mulDivDown, WAD } from '@undertow/units';
import { fundingPaymentWad } from './funding.ts';
import { orderTotals, type MakerOrder, type OrderTotals } from './maker-order.ts';
import { divDown, DUST_WAD } from './position.ts';
import type { SettlementTerms } from './terms.ts';

const ONE_E6 = 1_000_000n;

/** A position in one market, with the market's present state. */
export interface MarginExposure {
  /** Base units, wad; positive = long. */
  readonly sizeWad: bigint;
  readonly openNotionalWad: bigint;
  readonly premiumX96: bigint;
  readonly markWad: bigint;
  /** See `fundingAt`. */
  readonly premiumNowX96: bigint;
  /** Undefined without orders. */
  readonly maker?: MakerState;
}

/** A maker's orders in one market, with the pool's present state. */
export interface MakerState {
  readonly orders: readonly MakerOrder[];
  readonly sqrtPriceX96: bigint;
  /** See `pendingFeeWad`. */
  readonly pendingFeeWad: bigint;
  /** See `orderFundingWad`. */
  readonly fundingWad: bigint;
}

/** Collateral other than the settlement token. */
export interface MarginCollateral {
  /** Raw units. */
  readonly amount: bigint;
  readonly decimals: number;
  /** Of one whole unit, in settlement tokens. */
  readonly priceWad: bigint;
  readonly ratioE6: bigint;
  readonly discountE6: bigint;
}

/** A cross-margined account. */
export interface MarginAccount {
  /** See `MarginCash`. */
  readonly balance: bigint;
  readonly owedWad: bigint;
  readonly exposures: readonly MarginExposure[];
  readonly collaterals: readonly MarginCollateral[];
  readonly terms: MarginAccountTerms;
}

/** The terms that an account is judged by. */
export type MarginAccountTerms = Omit<
  SettlementTerms,
  'form' | 'asset' | 'quoteAsset' | 'insuranceFund' | 'maxFundingRateE6' | `${string}Seconds`
>;

/** Whether an account has orders: then its positions may not be liquidated before they are cancelled. */
export const isMaker = ({ exposures }: Pick<MarginAccount, 'exposures'>): boolean =>
  exposures.some(({ maker }) => maker !== undefined);

/** What the venue's views say of an account. Wad of quote where no other unit is named. */
export interface MarginFigures {
  /** Cash: balance, what is owed by the venue, pending fees of orders, less pending funding. */
  readonly cashWad: bigint;
  /** Σ what positions owe (positive) or get of funding (`Exchange.getAllPendingFundingPayment`). */
  readonly fundingWad: bigint;
  /** Fees that orders have earned (`AccountBalance.getPnlAndPendingFee`). */
  readonly pendingFeeWad: bigint;
  /** Σ value of positions + Σ open notional, what orders hold and owe included. */
  readonly unrealizedWad: bigint;
  /** Counted value of collateral other than cash. */
  readonly collateralWad: bigint;
  /** `cashWad + unrealizedWad` (`Vault.getSettlementTokenValue` before its rounding). */
  readonly settlementWad: bigint;
  /** Σ |value of positions| (`AccountBalance.getTotalAbsPositionValue`). */
  readonly positionsWad: bigint;
  /** Raw units of the settlement token, rounded down (`Vault.getAccountValue`). */
  readonly accountValue: bigint;
  /** `AccountBalance.getMarginRequirementForLiquidation`. */
  readonly requirementWad: bigint;
  /** `AccountBalance.getTotalDebtValue`. */
  readonly debtWad: bigint;
  /** `Vault.getFreeCollateralByRatio` at the initial margin, raw units, rounded down; negative = none. */
  readonly freeCollateral: bigint;
}

const NO_ORDERS: OrderTotals = { baseWad: 0n, quoteWad: 0n, baseDebtWad: 0n, quoteDebtWad: 0n };

const totalsOf = ({ maker }: Pick<MarginExposure, 'maker'>): OrderTotals =>
  maker ? orderTotals(maker.orders, maker.sqrtPriceX96) : NO_ORDERS;

type Sized = Pick<MarginExposure, 'sizeWad' | 'markWad' | 'maker'>;

/** Size with what orders hold less what they owe; dust is nothing. Source: `AccountBalance.getTotalPositionSize`. */
export function totalSizeWad(exposure: Pick<MarginExposure, 'sizeWad' | 'maker'>): bigint {
  const { baseWad, baseDebtWad } = totalsOf(exposure);
  const total = exposure.sizeWad + baseWad - baseDebtWad;
  return absolute(total) < DUST_WAD ? 0n : total;
}

/** Value of a position at the mark price, rounded towards zero. Source: `AccountBalance.getTotalPositionValue`. */
export function positionValueWad(exposure: Sized): bigint {
  return (totalSizeWad(exposure) * exposure.markWad) / WAD;
}

/** Value of collateral, rounded down, before its ratio. Source: `Vault._getSettlementByCollateral`. */
export function collateralValueWad({ amount, decimals, priceWad }: MarginCollateral): bigint {
  if (decimals > 18) return mulDivDown(amount, priceWad, WAD) / 10n ** BigInt(decimals - 18);
  return mulDivDown(amount * 10n ** BigInt(18 - decimals), priceWad, WAD);
}

/** Every figure of an account at once. Source: `Vault._getAccountValueAndTotalCollateralValue` and what it calls. */
export function marginFigures(account: MarginAccount): MarginFigures {
  const { balance, owedWad, exposures, collaterals, terms } = account;
  const sum = <Item>(items: readonly Item[], valueOf: (item: Item) => bigint) =>
    items.reduce((total, item) => total + valueOf(item), 0n);
  const fundingWad = sum(exposures, exposureFundingWad);
  const pendingFeeWad = sum(exposures, ({ maker }) => maker?.pendingFeeWad ?? 0n);
  const cashWad = balance * wadPerUnit(terms) + pendingFeeWad - fundingWad + owedWad;
  const unrealizedWad = sum(exposures, (one) => {
    const { quoteWad, quoteDebtWad } = totalsOf(one);
    return positionValueWad(one) + one.openNotionalWad + quoteWad - quoteDebtWad;
  });
  const collateralWad = sum(collaterals, (one) => (collateralValueWad(one) * one.ratioE6) / ONE_E6);
  const positionsWad = sum(exposures, (one) => absolute(positionValueWad(one)));
  const settlementWad = cashWad + unrealizedWad;
  const totalCollateralWad = collateralWad + cashWad;
  const valueWad = collateralWad + settlementWad;
  const owed = debtWad(exposures);
  const freeWad =
    (totalCollateralWad < valueWad ? totalCollateralWad : valueWad) - (owed * terms.initialMarginE6) / ONE_E6;
  return {
    ...{ cashWad, fundingWad, pendingFeeWad, unrealizedWad, collateralWad, settlementWad, positionsWad },
    debtWad: owed,
    accountValue: floorToSettlement(valueWad, terms),
    requirementWad: (positionsWad * terms.maintenanceMarginE6) / ONE_E6,
    freeCollateral: floorToSettlement(freeWad, terms),
  };
}

/** Funding that a position owes (positive) or gets, orders included. Source: `Exchange.getPendingFundingPayment`. */
export function exposureFundingWad(exposure: MarginExposure): bigint {
  const baseWad = exposure.sizeWad - totalsOf(exposure).baseDebtWad;
  return fundingPaymentWad(baseWad, exposure, exposure.maker?.fundingWad);
}

/** A wad amount in raw units of the settlement token, rounded down. Source: `SettlementTokenMath.formatSettlementToken`. */
export function floorToSettlement(valueWad: bigint, terms: Pick<SettlementTerms, 'decimals'>): bigint {
  return divDown(valueWad, wadPerUnit(terms));
}

/** The account value as the clearing house compares it, wad. Source: `ClearingHouse.getAccountValue`. */
export function accountValueE18(
  { accountValue }: MarginFigures,
  terms: Pick<SettlementTerms, 'decimals'>,
): bigint {
  return accountValue * wadPerUnit(terms);
}

/** Whether positions may be liquidated. Source: `ClearingHouse._isLiquidatable`. */
export function isMarginShort(account: MarginAccount, figures = marginFigures(account)): boolean {
  return accountValueE18(figures, account.terms) < figures.requirementWad;
}

/** Whether collateral other than cash may be sold. Source: `Vault.isLiquidatable`. */
export function isMarginCollateralDue(account: MarginAccount, figures = marginFigures(account)): boolean {
  const { collaterals, terms } = account;
  if (!collaterals.some(({ amount }) => amount > 0n)) return false;
  const { collateralWad, settlementWad, positionsWad } = figures;
  const ratio = terms.maintenanceMarginE6 + terms.collateralMarginBufferE6;
  if (collateralWad + settlementWad < (positionsWad * ratio) / ONE_E6) return true;
  const debt = settlementWad < 0n ? -settlementWad : 0n;
  if (debt > (collateralWad * terms.debtToCollateralE6) / ONE_E6) return true;
  return debt / wadPerUnit(terms) > terms.debtThreshold;
}

/** Positions worth at most this are liquidated whole, wad. Source: `AccountBalance._MIN_PARTIAL_LIQUIDATE_POSITION_VALUE`. */
const LEAST_PARTIAL_WAD = 100n * WAD;

/**
 * The part of a position that may be liquidated, base units, wad, with the position's sign: all when the account value
 * is below half of the requirement or the position is small; else as much as half of all positions' value; 0 when the
 * margin is enough. Source: `AccountBalance.getLiquidatablePositionSize`.
 */
export function liquidatableSizeWad(
  account: MarginAccount,
  index: number,
  figures = marginFigures(account),
): bigint {
  const exposure = account.exposures[index];
  const sizeWad = exposure ? totalSizeWad(exposure) : 0n;
  if (!exposure || sizeWad === 0n || !isMarginShort(account, figures)) return 0n;
  const valueWad = absolute(positionValueWad(exposure));
  if (valueWad <= LEAST_PARTIAL_WAD) return sizeWad;
  if (accountValueE18(figures, account.terms) < figures.requirementWad / 2n) return sizeWad;
  const ratioE6 = (figures.positionsWad * ONE_E6) / (valueWad * 2n);
  return (sizeWad * (ratioE6 > ONE_E6 ? ONE_E6 : ratioE6)) / ONE_E6;
}

/** What an account owes in base and in quote, at mark prices. Source: `AccountBalance.getTotalDebtValue`. */
export function debtWad(exposures: readonly MarginExposure[]): bigint {
  let [quote, base] = [0n, 0n];
  for (const exposure of exposures) {
    const { baseDebtWad, quoteDebtWad } = totalsOf(exposure);
    quote += exposure.openNotionalWad - quoteDebtWad;
    const owed = exposure.sizeWad - baseDebtWad;
    if (owed < 0n) base += (owed * exposure.markWad) / WAD;
  }
  return absolute((quote < 0n ? quote : 0n) + base);
}

/** Wads per raw unit of the settlement token. */
export const wadPerUnit = ({ decimals }: Pick<SettlementTerms, 'decimals'>) => 10n ** BigInt(18 - decimals);

const absolute = (value: bigint) => (value < 0n ? -value : value);
