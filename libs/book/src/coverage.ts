/**
 * What a gap's source names: a venue (its id, or its id, a space and one of its markets); an asset of the book (its symbol
 * there); a price feed; or whose logs could not be read, where that is no venue (an oracle, a set of pools).
 */
export const GAP_KINDS = ['venue', 'asset', 'feed', 'log-source'] as const;
export type GapKind = (typeof GAP_KINDS)[number];

/** What a gap's number counts. */
export const GAP_UNITS = ['account', 'asset', 'feed', 'fund', 'log', 'market'] as const;
export type GapUnit = (typeof GAP_UNITS)[number];

/** One thing left out of the model, with how much debt or collateral hangs on it where that can be said. */
export interface CoverageGap {
  readonly kind: GapKind;
  readonly source: string;
  readonly reason: string;
  /** How many it concerns, of what `unit` says. */
  readonly count: number;
  readonly unit: GapUnit;
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
