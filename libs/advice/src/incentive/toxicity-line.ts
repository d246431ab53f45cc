import { BadDataError } from '@undertow/units';

/** By how much a liquidation's own trades turn prices against the account. */
export interface Slippage {
  /**
   * After the account is closed whole: price of what is owed ÷ price of the collateral, as a ratio of what it was before: (1 + rise) ÷
   * (1 − fall), at least 1.
   */
  readonly whole: number;
  /** The same after one call; at most `whole`. */
  readonly call: number;
}

/** Trades move nothing: the line that contracts check. */
export const NO_SLIPPAGE: Slippage = { whole: 1, call: 1 };

/** Which of its conditions sets the line. */
export type ToxicBy = 'cover' | 'health';

export interface ToxicityLine {
  /** The largest threshold that is not toxic, a ratio from 0 on; not rounded. */
  readonly threshold: number;
  readonly by: ToxicBy;
}

/**
 * The toxicity line: the largest liquidation threshold T at which a liquidation heals an account that stands at its line, however
 * its own trades move prices. With the bonus b, the share f of the debt that one call repays, and prices that have turned by k:
 *
 * - **cover**: T (1 + b) k_whole ≤ 1. The account has 1 ÷ T of collateral per unit of debt. Every unit repaid takes (1 + b) of it at a
 *   price that is never worse than the last, so that all debt takes at most (1 + b) k_whole.
 * - **health**: T (1 + b) ≤ (1 − (1 − f) k_call) ÷ f. After a call (1 ÷ T − f (1 + b)) of collateral stand against (1 − f) of debt whose
 *   price has turned by k_call; the health factor is then (1 − f T (1 + b)) ÷ ((1 − f) k_call), and must not be below 1.
 *
 * Without slippage both are T (1 + b) ≤ 1, which contracts check. 0 where a call's own slippage eats more than it repays.
 *
 * @param closeShare f, above 0 up to 1: what one call repays of an account's debt.
 * @throws BadDataError for a bonus below 0, a share out of its range, and slippage below 1.
 */
export function toxicityLine(
  bonus: number,
  { closeShare, slippage }: { readonly closeShare: number; readonly slippage: Slippage },
): ToxicityLine {
  if (!(bonus >= 0 && Number.isFinite(bonus)))
    throw new BadDataError(`a liquidation bonus must be a ratio of at least 0 (0.05 = 5 %), but is ${bonus}`);
  if (!(closeShare > 0 && closeShare <= 1))
    throw new BadDataError(`one call must repay a share above 0 and up to 1, but is to repay ${closeShare}`);
  const { whole, call } = slippage;
  if (!(call >= 1 && whole >= call))
    throw new BadDataError(
      `slippage must be at least 1, and of the whole at least that of a call, but is ${whole} and ${call}`,
    );
  const cover = 1 / ((1 + bonus) * whole);
  const health = Math.max(0, (1 - (1 - closeShare) * call) / closeShare) / (1 + bonus);
  return health < cover ? { threshold: health, by: 'health' } : { threshold: cover, by: 'cover' };
}

/** Health factor after a call on an account that stands at 1, see `toxicityLine`; Infinity when the call repays all. */
export const healthAfterCall = (
  { threshold, bonus, closeShare }: Readonly<Record<'threshold' | 'bonus' | 'closeShare', number>>,
  call: number,
): number =>
  closeShare === 1 ? Infinity : (1 - closeShare * threshold * (1 + bonus)) / ((1 - closeShare) * call);

/** A point of the frontier: above its threshold, liquidations at its bonus are toxic. */
export interface FrontierPoint extends ToxicityLine {
  readonly bonus: number;
}

/** The toxicity line over bonuses, to be drawn: one point per bonus, in their order. */
export const toxicityFrontier = (
  bonuses: readonly number[],
  at: Parameters<typeof toxicityLine>[1],
): FrontierPoint[] => bonuses.map((bonus) => ({ bonus, ...toxicityLine(bonus, at) }));
