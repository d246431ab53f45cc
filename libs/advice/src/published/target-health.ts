import { BadDataError, WAD, mulDivDown, mulDivUp } from '@undertow/units';

/** How a bonus grows while health falls, in the venue's own integers: 10,000 basis points = no bonus. */
export interface BonusByHealth {
  /** What a liquidator gets at most per unit repaid, 11,000 = 110 %. */
  readonly greatestBonusBps: bigint;
  /** Share of that bonus which is given right below a health factor of 1. */
  readonly bonusFactorBps: bigint;
  /** At and below this health factor the greatest bonus is given; below 1. */
  readonly healthForGreatestWad: bigint;
}

const ONE_BPS = 10_000n;

/**
 * The bonus at a health factor, in basis points, rounded down twice as the contract does: b(h) = least + (greatest − least) ×
 * (1 − h) ÷ (1 − h of the greatest), with least = 1 + (greatest − 1) × factor.
 *
 * @throws BadDataError for a health factor of 1 or more: nobody may be liquidated there.
 *
 * Source: aave/aave-v4, `LiquidationLogic.calculateLiquidationBonus`, and its unit test `LiquidationBonus.t.sol`.
 */
export function bonusAtHealthBps(terms: BonusByHealth, healthWad: bigint): bigint {
  const { greatestBonusBps, bonusFactorBps, healthForGreatestWad } = terms;
  if (healthWad >= WAD)
    throw new BadDataError('at a health factor of 1 or more nobody is liquidated, so that there is no bonus');
  if (healthWad <= healthForGreatestWad) return greatestBonusBps;
  const leastBps = ONE_BPS + mulDivDown(greatestBonusBps - ONE_BPS, bonusFactorBps, ONE_BPS);
  return leastBps + mulDivDown(greatestBonusBps - leastBps, WAD - healthWad, WAD - healthForGreatestWad);
}

/** An account that is due, and what a repayment takes off it. */
export interface TowardsHealth {
  /** D, what is owed; the answer is in the same unit. */
  readonly debt: bigint;
  readonly healthWad: bigint;
  /** At least 1. */
  readonly targetHealthWad: bigint;
  /** As `bonusAtHealthBps` gives it. */
  readonly bonusBps: bigint;
  /** The collateral's threshold. */
  readonly thresholdBps: bigint;
}

/**
 * What must be repaid so that an account stands at a target health factor: D × (target − h) ÷ (target − bonus × threshold), rounded up
 * as the contract does; 0 at the target.
 *
 * @throws BadDataError for a target below the health factor, and where bonus × threshold is not below the target: then no repayment
 *   heals, which is the toxicity line.
 *
 * Source: aave/aave-v4, `LiquidationLogic._calculateDebtToTargetHealthFactor`, and its unit test `DebtToTargetHealthFactor.t.sol`.
 */
export function debtToTargetHealth(account: TowardsHealth): bigint {
  const { debt, healthWad, targetHealthWad, bonusBps, thresholdBps } = account;
  if (healthWad > targetHealthWad)
    throw new BadDataError('the account stands above the target already: nothing is to be repaid');
  const penaltyWad = mulDivUp(bonusBps * 10n ** 14n, thresholdBps, ONE_BPS);
  if (penaltyWad >= targetHealthWad)
    throw new BadDataError(
      'bonus × threshold is not below the target: a liquidation lowers the health factor, and none reaches the target',
    );
  return mulDivUp(debt, targetHealthWad - healthWad, targetHealthWad - penaltyWad);
}
