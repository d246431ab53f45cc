import type { Book } from '@undertow/book';

/**
 * All that a book says of its legs but their amounts, once for each kind of leg: of a hundred thousand accounts most legs are of some
 * hundred kinds, so that their terms stay in the nearest memory and a leg is its amount and the row of its terms.
 */
export interface LegTerms {
  /** By leg, the row of its terms in the columns below. */
  readonly of: Uint32Array;
  readonly oracle: Int32Array;
  readonly asset: Int32Array;
  readonly isOwed: Uint8Array;
  /** See `LEG_ROLES`. */
  readonly role: Uint8Array;
  readonly threshold: Float64Array;
  readonly bonus: Float64Array;
  readonly fee: Float64Array;
  /** 1 + the maintenance margin: what an amount that is owed must be backed by. */
  readonly backed: Float64Array;
}

export function legTerms({ legs }: Book): LegTerms {
  const of = new Uint32Array(legs.count);
  const kinds: number[] = [];
  const byOracle = new Map<number, number[]>();
  for (let leg = 0; leg < legs.count; leg++) {
    const own = byOracle.get(legs.oracle[leg]!) ?? [];
    let row = own.find((known) => COLUMNS.every((name) => legs[name][leg] === legs[name][kinds[known]!]));
    if (row === undefined) {
      row = kinds.push(leg) - 1;
      own.push(row);
      byOracle.set(legs.oracle[leg]!, own);
    }
    of[leg] = row;
  }
  return {
    of,
    oracle: Int32Array.from(kinds, (leg) => legs.oracle[leg]!),
    asset: Int32Array.from(kinds, (leg) => legs.asset[leg]!),
    isOwed: Uint8Array.from(kinds, (leg) => Number(legs.side[leg] === -1)),
    role: Uint8Array.from(kinds, (leg) => legs.role[leg]!),
    threshold: Float64Array.from(kinds, (leg) => legs.liquidationThreshold[leg]!),
    bonus: Float64Array.from(kinds, (leg) => legs.liquidationBonus[leg]!),
    fee: Float64Array.from(kinds, (leg) => legs.liquidationProtocolFee[leg]!),
    backed: Float64Array.from(kinds, (leg) => 1 + legs.maintenanceMargin[leg]!),
  };
}

/** What tells kinds of legs apart. */
const COLUMNS = [
  ...(['asset', 'side', 'role', 'liquidationThreshold', 'liquidationBonus'] as const),
  ...(['liquidationProtocolFee', 'maintenanceMargin'] as const),
];

/** The legs of an account, as rows from `first` up to before `end`, and how its venue adds them up. */
export interface LegRange {
  readonly first: number;
  readonly end: number;
  /** See `RepayAndSeizeRule.floorsAverageThreshold`. */
  readonly isFloored: boolean;
}

/** Where `valueInto` writes the health factor and what is owed, USD. */
export const HEALTH = 0;
export const DEBT_USD = 1;

/** As `valueAccount`, in the same order of arithmetic, for accounts without options. */
export function valueInto(
  terms: LegTerms,
  { first, end, isFloored }: LegRange,
  at: { readonly amount: Float64Array; readonly oraclePriceUsd: Float64Array },
  into: Float64Array,
): void {
  const { amount, oraclePriceUsd } = at;
  const { of, oracle, isOwed, threshold, backed } = terms;
  let collateralUsd = 0;
  let weightedUsd = 0;
  let debtUsd = 0;
  let backedUsd = 0;
  for (let leg = first; leg < end; leg++) {
    const row = of[leg]!;
    const valueUsd = amount[leg]! * oraclePriceUsd[oracle[row]!]!;
    if (isOwed[row] === 1) {
      debtUsd += valueUsd;
      backedUsd += valueUsd * backed[row]!;
    } else if (threshold[row]! > 0) {
      collateralUsd += valueUsd;
      weightedUsd += valueUsd * threshold[row]!;
    }
  }
  if (isFloored && collateralUsd > 0)
    weightedUsd = (collateralUsd * Math.floor((weightedUsd / collateralUsd) * 10_000 + 1e-9)) / 10_000;
  into[HEALTH] = backedUsd > 0 ? weightedUsd / backedUsd : Infinity;
  into[DEBT_USD] = debtUsd;
}
