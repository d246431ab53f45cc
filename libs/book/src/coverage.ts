/** One thing left out of the model, with how much debt or collateral hangs on it where that can be said. */
export interface CoverageGap {
  readonly source: string;
  readonly reason: string;
  /** Number of accounts, logs or assets it concerns. */
  readonly count: number;
  /** Debt it concerns, USD; undefined when it cannot be priced. */
  readonly debtUsd: number | undefined;
}

/** What share of the debt on the watched venues is priced and modelled. */
export interface Coverage {
  readonly accounts: number;
  /** Debt of the accounts in the book, USD. */
  readonly modelledDebtUsd: number;
  /** All debt known to the venues' own totals that has a price, USD; at least `modelledDebtUsd`. */
  readonly knownDebtUsd: number;
  /** `modelledDebtUsd ÷ knownDebtUsd`; 1 when no priced debt is missing. Debt without a price is only in `gaps`. */
  readonly share: number;
  readonly gaps: readonly CoverageGap[];
}
