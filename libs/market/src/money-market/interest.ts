import { WAD } from '@undertow/units';
import type { MoneyMarketGrowth } from './growth.ts';
import type { KinkedRate } from './terms.ts';

/** Interest per block, wad. Source: `JumpRateModel.getBorrowRate` and `utilizationRate`. */
export function borrowRatePerBlockWad(
  { base, slope, steepSlope, kink }: KinkedRate,
  { cash, borrows, reserves }: Pick<MoneyMarketGrowth, 'cash' | 'borrows' | 'reserves'>,
): bigint {
  const used = borrows === 0n ? 0n : (borrows * WAD) / (cash + borrows - reserves);
  if (used <= kink) return (used * slope) / WAD + base;
  return ((used - kink) * steepSlope) / WAD + (kink * slope) / WAD + base;
}

/** A market with interest up to a block, not before its last. Source: `CToken.accrueInterest`. */
export function accrueMoneyMarket(
  growth: MoneyMarketGrowth,
  model: KinkedRate,
  block: number,
): MoneyMarketGrowth {
  const { borrows, reserves, borrowIndexWad, reserveFactorWad, accruedBlock } = growth;
  const factor = borrowRatePerBlockWad(model, growth) * BigInt(block - accruedBlock);
  const interest = (factor * borrows) / WAD;
  return {
    ...growth,
    borrows: borrows + interest,
    reserves: reserves + (reserveFactorWad * interest) / WAD,
    borrowIndexWad: borrowIndexWad + (factor * borrowIndexWad) / WAD,
    accruedBlock: block,
  };
}

/**
 * Raw units of the asset per unit of the market's token, wad; undefined while there are no tokens, when the contract
 * gives what it was set up with, or when it could not say. Source: `CToken.exchangeRateStored`.
 */
export function exchangeRateWad({ cash, borrows, reserves, supply }: MoneyMarketGrowth): bigint | undefined {
  const backing = cash + borrows - reserves;
  return supply <= 0n || backing < 0n ? undefined : (backing * WAD) / supply;
}
