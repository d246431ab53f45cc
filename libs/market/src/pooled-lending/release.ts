/**
 * The releases of the pooled-lending protocol (Aave v3) whose maths is here.
 *
 * - `3.0`: `@aave/core-v3` 1.19.3. Amounts rounded half up, debt compounded by a binomial series, e-mode with its own
 *   price, half of one debt asset closable.
 * - `3.6`: `aave-v3-origin` 3.6.0. Amounts rounded in favour of the protocol, debt compounded by a Taylor series of
 *   the exponential, e-mode by lists of reserves, half of the whole debt closable, bad debt written off.
 */
export type PooledRelease = '3.0' | '3.6';

/** The release that a venue's version names; undefined when its maths is not here. */
export function pooledRelease(version: string): PooledRelease | undefined {
  return version === '3.0' || version === '3.6' ? version : undefined;
}

/**
 * Whether the value-weighted average threshold is floored to whole basis points before the health factor is taken: in
 * 3.0 (`GenericLogic.calculateUserAccountData`), no longer in 3.6, which divides the weighted sum itself.
 */
export function floorsAverageThreshold(release: PooledRelease): boolean {
  return release === '3.0';
}

/** Whether debt that is left without collateral is written off against lenders at once: from 3.3 on (`_burnBadDebt`). */
export function writesDebtOff(release: PooledRelease): boolean {
  return release !== '3.0';
}
