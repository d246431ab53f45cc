import { emptyPairTotals, MAX_PAIR_FEE_WAD } from '@undertow/market';
import type { Fact, FundMoved, IndexAccrued, LegChanged } from '@undertow/market';
import type { Ledger } from './ledger.ts';

/**
 * The largest amount that a fact may say or lead to. Pooled lending and isolated pairs store shares, totals, indices and
 * rates in 128 bits (Aave `DataTypes.ReserveData`, `IncentivizedERC20.UserState`; Morpho `Market`, `Position`). Venues that
 * use whole words count in wad, and then this is 3.4 · 10²⁰ whole units: more than there is of anything.
 */
const MOST = (1n << 128n) - 1n;

/** Fields of fixed-point numbers that may use a whole word, such as `premiumX96`. */
const WHOLE_WORD = /X(96|128)$/;

/** Whether every integer in a value, at any depth, is within the bounds; fixed-point fields aside. */
export function allFit(value: unknown): boolean {
  if (typeof value === 'bigint') return fits(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([field, inner]) => WHOLE_WORD.test(field) || allFit(inner));
}

/**
 * Why a fact cannot be, given what was folded before it; undefined when it can. Contracts cannot come to such a state,
 * so a log that says so is not theirs: an endpoint made it up, or facts before it are missing.
 */
export function impossible(ledger: Ledger, fact: Fact): string | undefined {
  switch (fact.kind) {
    case 'LegChanged':
      return fits(fact.sharesDelta) && fits(sharesAfter(ledger, fact)) ? undefined : BEYOND;
    case 'IndexAccrued':
      return impossibleAccrual(ledger, fact);
    case 'FundMoved':
      return impossibleFund(ledger, fact);
    case 'GrowthAccrued':
      return allFit(fact.growth) ? undefined : BEYOND;
    case 'VolatilityPosted':
      return allFit(fact.volatility) ? undefined : BEYOND;
    default:
      // What a position comes to is known when it is folded; other facts hold no amounts that add up.
      return undefined;
  }
}

/** The reason for amounts that no contract can hold. */
export const BEYOND = 'an amount beyond 128 bits, which its contracts cannot hold';

const FEE_BEYOND = 'a fee above a quarter of the interest, the most that its contract takes';

const fits = (value: bigint): boolean => value <= MOST && value >= -MOST;

function sharesAfter(ledger: Ledger, { venue, owner, market, side, sharesDelta }: LegChanged): bigint {
  const leg = ledger.venues.get(venue)?.accounts.get(owner)?.legs.get(market);
  return ((side === 'collateral' ? leg?.collateralShares : leg?.debtShares) ?? 0n) + sharesDelta;
}

function impossibleAccrual(ledger: Ledger, { venue, market, accrual }: IndexAccrued): string | undefined {
  if (!allFit(accrual)) return BEYOND;
  if (accrual.form === 'fee') return accrual.feeWad > MAX_PAIR_FEE_WAD ? FEE_BEYOND : undefined;
  if (accrual.form !== 'totals') return undefined;
  const state = ledger.venues.get(venue)?.markets.get(market);
  const { supplyAssets, supplyShares, debtAssets, debtShares } = state?.totals ?? emptyPairTotals;
  const isSupply = accrual.side === 'supply';
  const assets = (isSupply ? supplyAssets : debtAssets) + accrual.assetsDelta;
  const shares = (isSupply ? supplyShares : debtShares) + accrual.sharesDelta;
  if (!fits(assets) || !fits(shares)) return BEYOND;
  // What is repaid may be one unit more than what is owed, because shares round up; nothing else goes below zero.
  return shares < 0n || (isSupply && assets < 0n) ? 'more is taken out of a market than is in it' : undefined;
}

function impossibleFund(ledger: Ledger, { venue, fund, asset, amountDelta }: FundMoved): string | undefined {
  const amount = (ledger.venues.get(venue)?.funds.get(fund)?.get(asset) ?? 0n) + amountDelta;
  if (!fits(amountDelta) || !fits(amount)) return BEYOND;
  return fund === 'deficit' && amount > 0n ? 'a deficit that is covered beyond what there is' : undefined;
}
