import { BadDataError } from '@undertow/units';
import type { BookContent } from '../file/canonical.ts';
import type { TermsOverride } from './override.ts';

/** @throws BadDataError for a value that is no ratio from 0 to 1. */
export function checkRatio(field: string, value: number): void {
  if (value >= 0 && value <= 1) return;
  throw new BadDataError(`${field} must be a ratio from 0 to 1 (0.8 = 80 %), but is ${value}`);
}

/** @throws BadDataError for a value that is no amount. */
export function checkAmount(field: string, value: number): void {
  if (value >= 0 && Number.isFinite(value)) return;
  throw new BadDataError(`${field} must be an amount of at least 0 in whole units, but is ${value}`);
}

/** @throws BadDataError for a term that a venue does not have. */
export function refuseUnknownTerm(
  field: string,
  { venue, known }: { readonly venue: string; readonly known: readonly string[] },
): void {
  if (known.includes(field)) return;
  throw new BadDataError(`${venue} has no ${field} to change; it has ${known.join(', ') || 'no terms'}`);
}

/**
 * What no venue's contract accepts, looked for where terms were changed: a borrowing limit above the liquidation threshold, and
 * a threshold at which what a liquidator is to get is more than the collateral. Source: `ValidationLogic` and
 * `PoolConfigurator.configureReserveAsCollateral` of Aave.
 *
 * @throws BadDataError that names the market and both terms.
 */
export function checkTerms(
  { legs, markets, venues }: BookContent,
  overrides: readonly TermsOverride[],
): void {
  const changed = new Set(
    overrides.flatMap((override) =>
      override.kind === 'market' ? `${override.venue} ${override.market}` : [],
    ),
  );
  const rows = new Set(
    markets.flatMap(({ venue, id }, row) => (changed.has(`${venues[venue]!.id} ${id}`) ? row : [])),
  );
  for (let leg = 0; leg < legs.count; leg++) {
    const threshold = legs.liquidationThreshold[leg]!;
    if (threshold === 0 || !rows.has(legs.termsMarket[leg]!)) continue;
    const { label } = markets[legs.termsMarket[leg]!]!;
    const loanToValue = legs.loanToValue[leg]!;
    const bonus = legs.liquidationBonus[leg]!;
    if (loanToValue > threshold + 1e-12)
      throw new BadDataError(
        `the contract would refuse: loanToValue of ${label} is ${loanToValue}, above its liquidationThreshold of ${threshold}; set both`,
      );
    if (threshold * (1 + bonus) > 1 + 1e-9)
      throw new BadDataError(
        `the contract would refuse: liquidationThreshold ${threshold} of ${label} with a liquidationBonus of ${bonus} promises more than the collateral`,
      );
  }
}
