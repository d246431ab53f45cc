import { BPS, WAD, assert, bpsDivCeil, bpsDivHalfUp, bpsMulHalfUp } from '@undertow/units';
import {
  collateralValueBase,
  debtValueBase,
  isInCategory,
  pooledAccountData,
  positionPrice,
  type PooledAccount,
  type PooledAccountData,
  type PooledPosition,
} from './account.ts';
import { amountOfShares, sharesOfAmount } from './shares.ts';

/** `DEFAULT_LIQUIDATION_CLOSE_FACTOR` of both releases. */
const CLOSE_FACTOR_BPS = 5_000n;

/** `CLOSE_FACTOR_HF_THRESHOLD` of both releases: at or below it all may be closed. */
const FULL_CLOSE_HEALTH_FACTOR_WAD = 950_000_000_000_000_000n;

/** `MIN_BASE_MAX_CLOSE_FACTOR_THRESHOLD` of 3.6: 2,000 USD. Smaller debt or collateral may be closed whole. */
const SMALL_POSITION_BASE = 2_000n * 10n ** 8n;

/** `MIN_LEFTOVER_BASE` of 3.6: what stays of both sides must be worth at least 1,000 USD. */
const LEAST_LEFTOVER_BASE = SMALL_POSITION_BASE / 2n;

/** One call of a liquidator. Positions are picked by their place in `account.positions`; they may be the same one. */
export interface PooledLiquidationCall {
  readonly account: PooledAccount;
  readonly collateral: number;
  readonly debt: number;
  /** Raw units of the debt asset offered; undefined = as much as is allowed. */
  readonly debtToCover?: bigint | undefined;
}

/** What one call does, in raw units of the assets and in shares. */
export interface PooledLiquidation {
  readonly outcome: 'liquidated';
  /** Debt asset paid by the liquidator. */
  readonly repaid: bigint;
  readonly debtSharesBurnt: bigint;
  /** Collateral asset that the liquidator gets (the event's `liquidatedCollateralAmount`); the fee is not in it. */
  readonly seized: bigint;
  readonly seizedShares: bigint;
  /** Collateral asset that the protocol's treasury gets out of the bonus. */
  readonly protocolFee: bigint;
  readonly protocolFeeShares: bigint;
  /** The owner's switch of the collateral was turned off, since nothing is left of it. */
  readonly emptiesCollateral: boolean;
  /** Debt written off against lenders, per position (3.6, when no collateral at all is left). */
  readonly badDebt: readonly { readonly position: number; readonly amount: bigint }[];
}

/**
 * Why a call reverts. `dust`: it would leave less than 1,000 USD on a side that it does not clear; `nothing`: what it
 * repays or seizes rounds to no share.
 */
export interface PooledRefusal {
  readonly outcome: 'refused';
  readonly reason:
    'healthy' | 'inactive' | 'paused' | 'no-price' | 'not-collateral' | 'no-debt' | 'dust' | 'nothing';
}

/**
 * Exact amounts of one liquidation call at the account's moment.
 *
 * - 3.0: at most half of the account's debt in the debt asset while the health factor is above 0.95, else all of it.
 * - 3.6: all of the debt asset when the health factor is at or below 0.95 or when the debt or the collateral of the pair
 *   is worth less than 2,000 USD; otherwise at most half of the account's *whole* debt, in value.
 *
 * Seized = repaid value ÷ collateral price × (1 + bonus), capped by the collateral, which then decides what is repaid.
 * Not modelled: the price-oracle sentinel, the grace period after a pause, who the liquidator is.
 *
 * Source: `LiquidationLogic.executeLiquidationCall` and `ValidationLogic.validateLiquidationCall` of each release.
 */
export function pooledLiquidation(call: PooledLiquidationCall): PooledLiquidation | PooledRefusal {
  const { account } = call;
  const pair = pickPair(call);
  const data = pooledAccountData(account);
  const reason = refusal(account, pair, data);
  if (reason !== undefined) return { outcome: 'refused', reason };
  const limit = largestRepayment(account, pair, data);
  const offered = call.debtToCover === undefined || call.debtToCover > limit ? limit : call.debtToCover;
  const amounts = exchange(account, pair, offered);
  const leavesBoth = amounts.repaid < pair.debtAmount && amounts.taken < pair.collateralAmount;
  if (account.release !== '3.0' && leavesBoth && leavesDust(account, pair, amounts)) {
    return { outcome: 'refused', reason: 'dust' };
  }
  const noneLeft = account.release !== '3.0' && data.collateralBase === amounts.takenBase;
  const settled = settle(account, pair, { ...amounts, noneLeft });
  if (settled.debtSharesBurnt === 0n || settled.seizedShares === 0n)
    return { outcome: 'refused', reason: 'nothing' };
  return {
    outcome: 'liquidated',
    ...settled,
    emptiesCollateral: amounts.taken === pair.collateralAmount,
    badDebt: noneLeft ? badDebt(call, pair, amounts.repaid) : [],
  };
}

interface Pair {
  readonly collateral: PooledPosition;
  readonly debt: PooledPosition;
  readonly collateralAmount: bigint;
  readonly debtAmount: bigint;
  readonly collateralPrice: bigint;
  readonly debtPrice: bigint;
  readonly collateralUnit: bigint;
  readonly debtUnit: bigint;
  /** 1 + bonus; 0 when the reserve has none, and then nothing of it can be seized. */
  readonly bonusFactorBps: bigint;
}

function pickPair(call: PooledLiquidationCall): Pair {
  const { account } = call;
  const collateral = account.positions[call.collateral];
  const debt = account.positions[call.debt];
  assert(
    collateral !== undefined && debt !== undefined,
    'a liquidation names a position that the account lacks',
  );
  const inCategory = isInCategory(account, collateral) ? account.category : undefined;
  const bonusBps = (inCategory ?? collateral.reserve).liquidationBonusBps;
  // 3.0 prices the debt by the category's source whatever the debt's own category is (_getConfigurationData).
  const debtPrice =
    account.release === '3.0' && account.category?.price ? account.category.price : debt.reserve.price;
  return {
    collateral,
    debt,
    collateralAmount: amountOfShares(
      'collateral',
      collateral.collateralShares,
      collateral.reserve.incomeIndexRay,
      account.release,
    ),
    debtAmount: amountOfShares('debt', debt.debtShares, debt.reserve.debtIndexRay, account.release),
    collateralPrice: positionPrice(account, collateral),
    debtPrice,
    collateralUnit: 10n ** BigInt(collateral.reserve.decimals),
    debtUnit: 10n ** BigInt(debt.reserve.decimals),
    bonusFactorBps: bonusBps === 0n ? 0n : BPS + bonusBps,
  };
}

function refusal(
  account: PooledAccount,
  pair: Pair,
  data: PooledAccountData,
): PooledRefusal['reason'] | undefined {
  const { reserve } = pair.collateral;
  if (!reserve.isActive || !pair.debt.reserve.isActive) return 'inactive';
  if (reserve.isPaused || pair.debt.reserve.isPaused) return 'paused';
  if (data.healthFactorWad === undefined || data.healthFactorWad >= WAD) return 'healthy';
  const hasNoThreshold = account.release === '3.0' && reserve.liquidationThresholdBps === 0n;
  if (!pair.collateral.isCollateral || hasNoThreshold || pair.bonusFactorBps === 0n) return 'not-collateral';
  if (pair.debtAmount === 0n) return 'no-debt';
  if (pair.collateralPrice === 0n || pair.debtPrice === 0n) return 'no-price';
  return undefined;
}

function largestRepayment(account: PooledAccount, pair: Pair, data: PooledAccountData): bigint {
  const isDeep = data.healthFactorWad !== undefined && data.healthFactorWad <= FULL_CLOSE_HEALTH_FACTOR_WAD;
  if (isDeep) return pair.debtAmount;
  if (account.release === '3.0') return bpsMulHalfUp(pair.debtAmount, CLOSE_FACTOR_BPS);
  const debtBase = debtValueBase(account, pair.debt);
  if (collateralValueBase(account, pair.collateral) < SMALL_POSITION_BASE || debtBase < SMALL_POSITION_BASE) {
    return pair.debtAmount;
  }
  const halfBase = bpsMulHalfUp(data.debtBase, CLOSE_FACTOR_BPS);
  return debtBase > halfBase ? (halfBase * pair.debtUnit) / pair.debtPrice : pair.debtAmount;
}

interface Exchange {
  readonly repaid: bigint;
  /** Collateral that leaves the owner: the liquidator's part and the fee. */
  readonly taken: bigint;
  readonly fee: bigint;
  readonly takenBase: bigint;
}

/** Source: `_calculateAvailableCollateralToLiquidate`. */
function exchange(account: PooledAccount, pair: Pair, offered: bigint): Exchange {
  const base = (pair.debtPrice * offered * pair.collateralUnit) / (pair.collateralPrice * pair.debtUnit);
  const wanted = bpsMulHalfUp(base, pair.bonusFactorBps);
  const isShort = wanted > pair.collateralAmount;
  const taken = isShort ? pair.collateralAmount : wanted;
  const worth = (pair.collateralPrice * taken * pair.debtUnit) / (pair.debtPrice * pair.collateralUnit);
  const needed = account.release === '3.0' ? bpsDivHalfUp : bpsDivCeil;
  const bonus = taken - bpsDivHalfUp(taken, pair.bonusFactorBps);
  return {
    repaid: isShort ? needed(worth, pair.bonusFactorBps) : offered,
    taken,
    fee: bpsMulHalfUp(bonus, pair.collateral.reserve.liquidationProtocolFeeBps),
    takenBase: (taken * pair.collateralPrice) / pair.collateralUnit,
  };
}

function leavesDust(account: PooledAccount, pair: Pair, amounts: Exchange): boolean {
  const debtLeft = (pair.debtAmount - amounts.repaid) * pair.debtPrice;
  const debtLeftBase = (debtLeft + pair.debtUnit - 1n) / pair.debtUnit;
  const collateralLeftBase =
    ((pair.collateralAmount - amounts.taken) * pair.collateralPrice) / pair.collateralUnit;
  return debtLeftBase < LEAST_LEFTOVER_BASE || collateralLeftBase < LEAST_LEFTOVER_BASE;
}

/** Shares that move. The fee is cut to what the seizure leaves, which rounding can make less than the fee. */
function settle(account: PooledAccount, pair: Pair, amounts: Exchange & { readonly noneLeft: boolean }) {
  const { release } = account;
  const income = { indexRay: pair.collateral.reserve.incomeIndexRay, release };
  const debt = { indexRay: pair.debt.reserve.debtIndexRay, release };
  const seized = amounts.taken - amounts.fee;
  const seizedShares = sharesOfAmount('collateral', 'burn', seized, income);
  const left = pair.collateral.collateralShares - seizedShares;
  const wantedFeeShares = sharesOfAmount('collateral', 'transfer', amounts.fee, income);
  const isCut = wantedFeeShares > left;
  return {
    repaid: amounts.repaid,
    debtSharesBurnt: sharesOfAmount(
      'debt',
      'burn',
      amounts.noneLeft ? pair.debtAmount : amounts.repaid,
      debt,
    ),
    seized,
    seizedShares,
    protocolFee: isCut ? amountOfShares('collateral', left, income.indexRay, release) : amounts.fee,
    protocolFeeShares: isCut ? left : wantedFeeShares,
  };
}

/** Source: 3.6 `_burnDebtTokens` and `_burnBadDebt`: reserves that are not active keep their debt. */
function badDebt(call: PooledLiquidationCall, pair: Pair, repaid: bigint): PooledLiquidation['badDebt'] {
  const { account } = call;
  return account.positions
    .map((position, index) => {
      const owed = amountOfShares(
        'debt',
        position.debtShares,
        position.reserve.debtIndexRay,
        account.release,
      );
      if (index === call.debt) return { position: index, amount: owed - repaid };
      return { position: index, amount: position.reserve.isActive ? owed : 0n };
    })
    .filter(({ amount }) => amount > 0n);
}
