/** How long to wait after a failure: twice as long after each in a row. */
export interface Patience {
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
}

export const DEFAULT_PATIENCE: Patience = { firstPauseMs: 1_000, longestPauseMs: 60_000 };

/** The pause after so many failures in a row, from 1 on. */
export const pauseAfter = (failures: number, { firstPauseMs, longestPauseMs }: Patience): number =>
  Math.min(firstPauseMs * 2 ** Math.min(failures - 1, 20), longestPauseMs);
