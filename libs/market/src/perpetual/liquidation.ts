import { maxBigint, mulDivDown, mulDivUp, WAD } from '@undertow/units';
import {
  accountValueE18,
  debtWad,
  exposureFundingWad,
  floorToSettlement,
  isMaker,
  isMarginCollateralDue,
  liquidatableSizeWad,
  marginFigures,
  wadPerUnit,
  type MarginAccount,
  type MarginCollateral,
} from './account.ts';
import { DUST_WAD } from './position.ts';

const ONE_E6 = 1_000_000n;

/** What closing (part of) a position did. */
export interface ExposureLiquidation {
  /** What the liquidator took over: base units, wad, with the position's sign, at the mark price. */
  readonly sizeWad: bigint;
  readonly notionalWad: bigint;
  /** Paid by the account: `toLiquidatorWad` + `toFundWad`. */
  readonly penaltyWad: bigint;
  readonly toLiquidatorWad: bigint;
  readonly toFundWad: bigint;
  /** Raw units of the settlement token that the insurance fund takes over. */
  readonly badDebt: bigint;
  readonly after: MarginAccount;
}

/**
 * Closes as much as is allowed of one of an account's positions: the liquidator takes it over at the mark price and
 * gets half of the penalty, all of it when the account is worth less than nothing. Undefined when nothing may be
 * liquidated, while the account has orders (`CH_CLWTISO`), and when the fund could not bear what the account lacks
 * (`CH_IIC`).
 *
 * @param fundWad what the insurance fund holds and is owed, wad of quote (`InsuranceFund.getInsuranceFundCapacity`
 *   before its rounding).
 *
 * Source: `ClearingHouse._liquidate`, `Exchange._getPnlToBeRealized`, `Vault.settleBadDebt`.
 */
export function liquidateExposure(
  account: MarginAccount,
  index: number,
  fundWad: bigint,
): ExposureLiquidation | undefined {
  const { terms } = account;
  const figures = marginFigures(account);
  const sizeWad = liquidatableSizeWad(account, index, figures);
  const exposure = account.exposures[index];
  if (!exposure || sizeWad === 0n || isMaker(account)) return undefined;
  const notionalWad = (sizeWad * exposure.markWad) / WAD;
  const penaltyWad = (absolute(notionalWad) * terms.liquidationPenaltyE6) / ONE_E6;
  const isUnderwater = figures.accountValue < 0n;
  const toLiquidatorWad = isUnderwater ? penaltyWad : penaltyWad / 2n;
  const { premiumNowX96, openNotionalWad } = exposure;
  const closedWad = (absolute(sizeWad) * WAD) / absolute(exposure.sizeWad);
  const pnlWad = notionalWad + (openNotionalWad * closedWad) / WAD;
  const fundingWad = exposureFundingWad(exposure);
  const left = {
    ...exposure,
    sizeWad: exposure.sizeWad - sizeWad,
    openNotionalWad: openNotionalWad + notionalWad - pnlWad,
    premiumX96: premiumNowX96,
  };
  const isGone = absolute(left.sizeWad) < DUST_WAD && absolute(left.openNotionalWad) < DUST_WAD;
  const closed: MarginAccount = {
    ...account,
    owedWad: account.owedWad - fundingWad + pnlWad - penaltyWad,
    exposures: account.exposures.flatMap((one, i) => (i !== index ? [one] : isGone ? [] : [left])),
  };
  const lacking = -accountValueE18(marginFigures(closed), terms);
  const toFundWad = penaltyWad - toLiquidatorWad;
  const capacity = floorToSettlement(fundWad + toFundWad, terms) * wadPerUnit(terms);
  if (lacking > 0n && capacity < lacking) return undefined;
  const { badDebt, after } = settleBadDebt(closed);
  return { sizeWad, notionalWad, penaltyWad, toLiquidatorWad, toFundWad, badDebt, after };
}

/** What a sale of collateral did. */
export interface CollateralLiquidation {
  /** Raw units of the collateral that the liquidator got. */
  readonly seized: bigint;
  /** Raw units of the settlement token that the liquidator paid, and the insurance fund's part of it. */
  readonly repaid: bigint;
  readonly toFund: bigint;
  readonly badDebt: bigint;
  readonly after: MarginAccount;
}

/**
 * Sells as much as one call may of one collateral of an account: the liquidator pays its price less the discount.
 * Undefined when nothing may be sold. Source: `Vault.liquidateCollateral`, `_getMaxRepaidSettlement`,
 * `getMaxRepaidSettlementAndLiquidatableCollateral`.
 */
export function liquidateMarginCollateral(
  account: MarginAccount,
  index: number,
): CollateralLiquidation | undefined {
  const { terms, exposures, collaterals, balance } = account;
  const collateral = collaterals[index];
  const figures = marginFigures(account);
  if (!collateral || collateral.amount === 0n || !isMarginCollateralDue(account, figures)) return undefined;
  const debt = maxBigint(
    maxBigint(-figures.settlementWad, 0n),
    (debtWad(exposures) * terms.initialMarginE6) / ONE_E6,
  );
  const isDust = debt <= terms.collateralDust * wadPerUnit(terms);
  const share = isDust ? debt : (debt * terms.collateralLiquidationE6) / ONE_E6;
  let repaidWad = (share * ONE_E6) / (ONE_E6 - terms.collateralFundFeeE6);
  let seized = unitsForWad(collateral, repaidWad);
  if (seized > collateral.amount) {
    seized = collateral.amount;
    repaidWad = wadOfUnits(collateral, seized);
  }
  const repaid = floorToSettlement(repaidWad, terms);
  const toFund = (repaid * terms.collateralFundFeeE6) / ONE_E6;
  const sold: MarginAccount = {
    ...account,
    balance: balance + repaid - toFund,
    collaterals: collaterals.map((one, i) => (i === index ? { ...one, amount: one.amount - seized } : one)),
  };
  return { seized, repaid, toFund, ...settleBadDebt(sold) };
}

/**
 * What an account with neither positions nor other collateral owes goes to the insurance fund, rounded up.
 * Source: `Vault.settleBadDebt`.
 */
function settleBadDebt(account: MarginAccount): { readonly badDebt: bigint; readonly after: MarginAccount } {
  const { exposures, collaterals, terms, balance } = account;
  const value = floorToSettlement(marginFigures(account).cashWad, terms);
  if (exposures.length > 0 || collaterals.some(({ amount }) => amount > 0n) || value >= 0n) {
    return { badDebt: 0n, after: account };
  }
  return { badDebt: -value, after: { ...account, balance: balance - value } };
}

const discountedPriceWad = ({ priceWad, discountE6 }: MarginCollateral) =>
  (priceWad * (ONE_E6 - discountE6)) / ONE_E6;

/** Raw units of collateral for an amount at the discounted price. Source: `Vault._getCollateralBySettlement`. */
function unitsForWad(collateral: MarginCollateral, valueWad: bigint): bigint {
  const { decimals } = collateral;
  const price = discountedPriceWad(collateral);
  if (decimals > 18) return mulDivUp(valueWad * 10n ** BigInt(decimals - 18), WAD, price);
  return mulDivUp(valueWad, WAD, price) / 10n ** BigInt(18 - decimals);
}

/** What raw units of collateral cost a liquidator. Source: `Vault._getSettlementByCollateral`. */
function wadOfUnits(collateral: MarginCollateral, amount: bigint): bigint {
  const { decimals } = collateral;
  const price = discountedPriceWad(collateral);
  if (decimals > 18) return mulDivDown(amount, price, WAD) / 10n ** BigInt(decimals - 18);
  return mulDivDown(amount * 10n ** BigInt(18 - decimals), price, WAD);
}

const absolute = (value: bigint) => (value < 0n ? -value : value);
