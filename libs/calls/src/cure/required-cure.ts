/** One way to cure a call: so much of one asset, by itself. */
export interface CureOption {
  /** `repay` of a debt, or `top-up` of collateral that the account has already. */
  readonly kind: 'repay' | 'top-up';
  readonly market: string;
  readonly asset: string;
  readonly symbol: string;
  readonly decimals: number;
  /** The least that reaches the cure target by the venue's own integers, raw units as a decimal text. */
  readonly least: string;
  /** What is asked: the least, up to the minimum transfer and rounded up; of a debt never more than all of it. Raw units. */
  readonly asked: string;
  /** What that is worth at the venue's price. */
  readonly leastUsd: number;
  readonly askedUsd: number;
}

/** What is asked of a borrower. */
export interface RequiredCure {
  /** By the measure of the policy. */
  readonly cureTarget: number;
  /** All of the debt is asked for, because it is below the policy's floor. */
  readonly isFullClose: boolean;
  /** What the cheapest way is worth; undefined where there is no way, or none is known. */
  readonly amountUsd: number | undefined;
  /** The cheapest first. Each cures by itself. */
  readonly options: readonly CureOption[];
  /** Why there is no way, or none for some leg. */
  readonly notes: readonly string[];
}
