import { emptyPairTotals, pairMaxDebtDown, PRICE_SCALE_E36, type PairState } from '@undertow/market';
import { mulDivDown, wDivDown } from '@undertow/units';
import type { ExactStanding } from '../exact-standing.ts';
import { isDueByHealth } from '../due-by-health.ts';
import { legOfRole } from '../leg-of-role.ts';
import type { AccountRow } from '../rows.ts';
import type { BookValues } from '../value-account.ts';

/** Health factors this near to 1 are decided by exact integers; float error is below 1e-12. */
const BAND = 1e-6;

/** Whether a position in a pair may be liquidated. Source: `pairMaxDebtDown`. */
export const isPairDue = (values: BookValues, account: AccountRow): boolean =>
  isDueByHealth(values, account, { band: BAND, isDueExact });

function isDueExact(values: BookValues, account: AccountRow): boolean {
  const found = readState(values, account);
  if (found === undefined) return false;
  if (found === 'no collateral') {
    const debtLeg = legOfRole(values.book, account, 'debt');
    return debtLeg !== undefined && values.book.exact.amount[debtLeg]! > 0n;
  }
  return pairMaxDebtDown(found, found.state) < found.debt;
}

/** See `exactStanding`; in raw units of the debt asset. */
export function pairStanding(values: BookValues, account: AccountRow): ExactStanding | undefined {
  const found = readState(values, account);
  if (found === undefined) return undefined;
  if (found === 'no collateral') {
    const debt = values.book.exact.amount[legOfRole(values.book, account, 'debt')!]!;
    return { collateral: 0n, debt, healthWad: debt === 0n ? undefined : 0n };
  }
  const { debt, state, collateral } = found;
  return {
    collateral: mulDivDown(collateral, state.priceE36, PRICE_SCALE_E36),
    debt,
    healthWad: debt === 0n ? undefined : wDivDown(pairMaxDebtDown(found, state), debt),
  };
}

interface PairNow {
  readonly collateral: bigint;
  readonly debt: bigint;
  readonly debtShares: bigint;
  readonly state: PairState;
}

function readState(
  { book, exactAnswers }: BookValues,
  account: AccountRow,
): PairNow | 'no collateral' | undefined {
  const { exact, legs } = book;
  const debtLeg = legOfRole(book, account, 'debt');
  const collateralLeg = legOfRole(book, account, 'collateral');
  if (debtLeg === undefined) return undefined;
  if (collateralLeg === undefined) return 'no collateral';
  const answers = exactAnswers();
  const scale = exact.marketState[legs.market[debtLeg]!]![0]!;
  const base = answers[legs.oracle[collateralLeg]!]!;
  const quote = answers[legs.oracle[debtLeg]!]!;
  if (base <= 0n || quote <= 0n) return undefined;
  const state = {
    totals: emptyPairTotals,
    priceE36: (scale * base) / quote,
    liquidationThresholdWad: exact.threshold[collateralLeg]!,
  };
  return { collateral: exact.amount[collateralLeg]!, debt: exact.amount[debtLeg]!, debtShares: 0n, state };
}
