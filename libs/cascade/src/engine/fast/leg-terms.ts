import type { AccountValue, Book } from '@undertow/book';

/** Numbers of a leg that stand side by side, so that whoever looks at an account has them in one or two reads of memory. */
export const LEG_WIDTH = 8;
export const ORACLE = 0;
export const ASSET = 1;
export const SIDE = 2;
export const THRESHOLD = 3;
export const BONUS = 4;
export const FEE = 5;
/** 1 + the maintenance margin: what an amount that is owed must be backed by. */
export const BACKED = 6;

/** All that a book says of its legs but their amounts, `LEG_WIDTH` numbers each. */
export function legTerms({ legs }: Book): Float64Array {
  const terms = new Float64Array(LEG_WIDTH * legs.count);
  for (let leg = 0; leg < legs.count; leg++) {
    const at = LEG_WIDTH * leg;
    terms[at + ORACLE] = legs.oracle[leg]!;
    terms[at + ASSET] = legs.asset[leg]!;
    terms[at + SIDE] = legs.side[leg]!;
    terms[at + THRESHOLD] = legs.liquidationThreshold[leg]!;
    terms[at + BONUS] = legs.liquidationBonus[leg]!;
    terms[at + FEE] = legs.liquidationProtocolFee[leg]!;
    terms[at + BACKED] = 1 + legs.maintenanceMargin[leg]!;
  }
  return terms;
}

/** The legs of an account, as rows from `first` up to before `end`, and how its venue adds them up. */
export interface LegRange {
  readonly terms: Float64Array;
  readonly first: number;
  readonly end: number;
  /** See `RepayAndSeizeRule.floorsAverageThreshold`. */
  readonly isFloored: boolean;
}

/** As `valueAccount`, in the same order of arithmetic, for accounts without options. */
export function valueInto(
  { terms, first, end, isFloored }: LegRange,
  at: { readonly amount: Float64Array; readonly oraclePriceUsd: Float64Array },
  into: { -readonly [Key in keyof AccountValue]: AccountValue[Key] },
): void {
  const { amount, oraclePriceUsd } = at;
  let collateralUsd = 0;
  let weightedUsd = 0;
  let debtUsd = 0;
  let backedUsd = 0;
  for (let leg = first; leg < end; leg++) {
    const row = LEG_WIDTH * leg;
    const valueUsd = amount[leg]! * oraclePriceUsd[terms[row + ORACLE]!]!;
    if (terms[row + SIDE] === -1) {
      debtUsd += valueUsd;
      backedUsd += valueUsd * terms[row + BACKED]!;
    } else if (terms[row + THRESHOLD]! > 0) {
      collateralUsd += valueUsd;
      weightedUsd += valueUsd * terms[row + THRESHOLD]!;
    }
  }
  if (isFloored && collateralUsd > 0)
    weightedUsd = (collateralUsd * Math.floor((weightedUsd / collateralUsd) * 10_000 + 1e-9)) / 10_000;
  into.healthFactor = backedUsd > 0 ? weightedUsd / backedUsd : Infinity;
  into.collateralUsd = collateralUsd;
  into.debtUsd = debtUsd;
}
