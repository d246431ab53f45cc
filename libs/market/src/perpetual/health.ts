import { WAD } from '@undertow/units';
import {
  accountValueE18,
  isMarginCollateralDue,
  isMarginShort,
  marginFigures,
  totalSizeWad,
  wadPerUnit,
  type MarginAccount,
  type MarginFigures,
} from './account.ts';

const ONE_E6 = 1_000_000n;

/**
 * May anything of the account be liquidated: a position, or collateral other than the settlement token?
 * Sources: `ClearingHouse._isLiquidatable` and `_liquidate`, `Vault.isLiquidatable`.
 */
export function isMarginAccountDue(account: MarginAccount, figures = marginFigures(account)): boolean {
  return (isOpen(account) && isMarginShort(account, figures)) || isMarginCollateralDue(account, figures);
}

/**
 * What the account has ÷ what it must have, wad, rounded down: below one exactly when `isMarginAccountDue`. The lowest of
 * its lines; undefined when it has none: neither a position nor collateral beside a debt.
 *
 * - Positions: account value ÷ maintenance margin (`ClearingHouse._isLiquidatable`).
 * - Collateral other than the settlement token, beside positions: value ÷ (maintenance margin + buffer); beside a debt in
 *   the settlement token: the share of its counted value that a debt may be ÷ debt, and the debt threshold ÷ debt
 *   (`Vault.isLiquidatable`).
 */
export function marginHealthWad(
  account: MarginAccount,
  figures = marginFigures(account),
): bigint | undefined {
  const lines = [positionLine(account, figures), ...collateralLines(account, figures)];
  return lines.reduce<bigint | undefined>(
    (least, line) => (line !== undefined && (least === undefined || line < least) ? line : least),
    undefined,
  );
}

/** A position so small that nothing is required for it is due when the account is worth less than nothing. */
function positionLine(account: MarginAccount, figures: MarginFigures): bigint | undefined {
  if (!isOpen(account)) return undefined;
  const { requirementWad } = figures;
  const valueWad = accountValueE18(figures, account.terms);
  if (requirementWad === 0n) return valueWad < 0n ? 0n : undefined;
  return ratioWad(valueWad, requirementWad);
}

const isOpen = ({ exposures }: MarginAccount) => exposures.some((one) => totalSizeWad(one) !== 0n);

function collateralLines({ collaterals, terms }: MarginAccount, figures: MarginFigures): bigint[] {
  if (!collaterals.some(({ amount }) => amount > 0n)) return [];
  const { collateralWad, settlementWad, positionsWad } = figures;
  const marginE6 = terms.maintenanceMarginE6 + terms.collateralMarginBufferE6;
  const requirementWad = (positionsWad * marginE6) / ONE_E6;
  const ofPositions = requirementWad > 0n ? [ratioWad(collateralWad + settlementWad, requirementWad)] : [];
  const debtWad = -settlementWad;
  if (debtWad <= 0n) return ofPositions;
  // The contract compares whole units of the settlement token: debt below one more than the threshold is enough.
  const mostWad = (terms.debtThreshold + 1n) * wadPerUnit(terms) - 1n;
  const coveredWad = (collateralWad * terms.debtToCollateralE6) / ONE_E6;
  return [...ofPositions, ratioWad(coveredWad, debtWad), ratioWad(mostWad, debtWad)];
}

/** Rounded towards zero: below one exactly when what there is is less than what there must be, which is above zero. */
const ratioWad = (has: bigint, must: bigint) => (has * WAD) / must;
