import { depthToMove, type AssetRow, type Book } from '@undertow/book';
import { BadDataError } from '@undertow/units';

/** How much may be supplied by what can be sold. */
export interface DepthCap {
  /** Whole units of the asset. */
  readonly cap: number;
  /** Units that sell until the price has fallen by the bonus. */
  readonly sellable: number;
  /** True where the known market ends on the way: `sellable` is then all that is known to sell. */
  readonly isEnded: boolean;
}

/** How often the liquidity within the bonus may be supplied. */
const TIMES = 2;

/**
 * The supply cap of twice what sells until the price impact is as large as the liquidation bonus: a liquidator who sells more loses.
 * Undefined where no market of the asset itself is known (no depth: no number).
 *
 * Source: LlamaRisk, frameworks/aave_v3_framework.md: supply cap = 2 × liquidity inside the bonus's price impact.
 *
 * @throws BadDataError for a bonus that is not between 0 and 1.
 */
export function supplyCapByDepth(
  book: Pick<Book, 'assets' | 'depth'>,
  asset: AssetRow,
  bonus: number,
): DepthCap | undefined {
  if (!(bonus > 0 && bonus < 1))
    throw new BadDataError(`a liquidation bonus must be between 0 and 1 (0.05 = 5 %), but is ${bonus}`);
  const found = depthToMove(book, asset, [-bonus])?.[0];
  return found && { cap: TIMES * found.units, sellable: found.units, isEnded: found.isEnded };
}

/**
 * The borrow cap: what is supplied at most × the share of it that is to be borrowed at most (the optimal utilisation of the rate
 * curve).
 *
 * Source: as `supplyCapByDepth`.
 */
export function borrowCapByUse(supplyCap: number, optimalUse: number): number {
  if (!(optimalUse >= 0 && optimalUse <= 1))
    throw new BadDataError(`the optimal utilisation must be a ratio from 0 to 1, but is ${optimalUse}`);
  return supplyCap * optimalUse;
}

/** How often somebody can lend out what they borrow, and again: 1 ÷ (1 − loan-to-value); Infinity at 1. Source: as above. */
export const greatestLeverage = (loanToValue: number): number => 1 / (1 - loanToValue);
