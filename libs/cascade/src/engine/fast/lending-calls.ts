import { fundRow, type AccountRow, type AssetRow } from '@undertow/book';
import type { CompiledBook } from './compiled-book.ts';
import { COLLATERAL_LEG, DEBT_LEG, IS_SHORT, REPAID, SEIZED, type LendingOffers } from './lending-offers.ts';
import { ACCOUNT, HEAD, HELD, LEG, OWED, TERMS } from './lending-records.ts';
import type { RunAmounts } from './run-amounts.ts';

/** Debt that a call leaves without collateral: units of an asset, and whether anybody has taken it over. */
export interface LostDebt {
  readonly account: number;
  readonly asset: number;
  readonly amount: number;
  readonly isLeft: boolean;
}

/**
 * As `applyLiquidations`: amounts and funds after a call of a size on the account whose record begins at a word; what is left without
 * collateral is added to `lost`.
 */
export function carryOut(
  compiled: CompiledBook,
  amounts: RunAmounts,
  call: {
    readonly word: number;
    readonly offers: LendingOffers;
    readonly size: number;
    readonly lost: LostDebt[];
  },
): void {
  const { words } = amounts.records;
  const { word, size, lost } = call;
  const { numbers, rows, at } = call.offers;
  const debtLeg = rows[at + DEBT_LEG]!;
  const collateralLeg = rows[at + COLLATERAL_LEG]!;
  const repaid = numbers[at + REPAID]!;
  const isLast =
    rows[at + IS_SHORT] === 1 && size === 1 && isLastCollateral(compiled, amounts, { word, collateralLeg });
  const owedBefore = words[debtLeg]!;
  words[debtLeg] = Math.max(0, owedBefore - repaid * size);
  words[collateralLeg] = Math.max(0, words[collateralLeg]! - numbers[at + SEIZED]! * size);
  if (isLast) writeOff(compiled, amounts, { word, lost, debtLeg, left: owedBefore - repaid });
}

function isLastCollateral(
  { terms }: CompiledBook,
  { records: { words, halves } }: RunAmounts,
  { word, collateralLeg }: { readonly word: number; readonly collateralLeg: number },
): boolean {
  let leg = word + HEAD;
  for (const owed = leg + LEG * halves[2 * word + HELD]!; leg < owed; leg += LEG)
    if (leg !== collateralLeg && terms.counts[halves[2 * leg + TERMS]!] === 1 && words[leg]! > 0)
      return false;
  return true;
}

/** As `badDebtEffects`. */
function writeOff(
  { book, terms }: CompiledBook,
  { records: { words, halves }, fundAmount }: RunAmounts,
  of: { readonly word: number; readonly lost: LostDebt[]; readonly debtLeg: number; readonly left: number },
): void {
  const { word, lost } = of;
  const account = halves[2 * word + ACCOUNT]!;
  const { rule } = book.venues[book.accounts.venue[account]!]!;
  const badDebt = rule?.kernel === 'repay-and-seize' ? rule.badDebt : 'left';
  let leg = word + HEAD + LEG * halves[2 * word + HELD]!;
  for (const end = leg + LEG * halves[2 * word + OWED]!; leg < end; leg += LEG) {
    const owed = leg === of.debtLeg ? of.left : words[leg]!;
    if (owed <= 0) continue;
    const { asset } = book.oracles[terms.oracle[halves[2 * leg + TERMS]!]!]!;
    lost.push({ account, asset, amount: owed, isLeft: badDebt !== 'socialised' });
    if (badDebt === 'left') continue;
    words[leg] = Math.max(0, words[leg]! - owed);
    if (badDebt !== 'deficit') continue;
    const fund = fundRow(book, account as AccountRow, { kind: 'deficit', asset: asset as AssetRow });
    if (fund !== undefined) fundAmount[fund]! -= owed;
  }
}
