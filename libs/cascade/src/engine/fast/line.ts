/** One account and a line of its own. */
export interface LineAccount {
  readonly account: number;
  /** Rows of prices, and weights above 0, of both sides. */
  readonly heldRows: readonly number[];
  readonly heldWeights: readonly number[];
  readonly owedRows: readonly number[];
  readonly owedWeights: readonly number[];
  /** See above; at least 0. */
  readonly slack: number;
}

/** A line under way. */
export interface DraftLine {
  /** Adds a weight on a row of prices: above 0 it is held, below 0 owed. */
  add(row: number, weight: number): void;
  done(slack: number): LineAccount;
}

export function draftLine(account: number): DraftLine {
  const heldRows: number[] = [];
  const heldWeights: number[] = [];
  const owedRows: number[] = [];
  const owedWeights: number[] = [];
  return {
    add(row, weight) {
      if (weight > 0) {
        heldRows.push(row);
        heldWeights.push(weight);
      } else if (weight < 0) {
        owedRows.push(row);
        owedWeights.push(-weight);
      }
    },
    done: (slack) => ({ account, heldRows, heldWeights, owedRows, owedWeights, slack }),
  };
}

/** What floats may leave of the comparisons here. */
export const HAIR = 1e-9;

/** Finds from prices ÷ base prices, writes behind `count` accounts, and returns the new count. */
export interface Finder {
  begin(): void;
  next(
    factor: Float64Array,
    found: Int32Array,
    at: { readonly count: number; readonly fallen: number },
  ): number;
}

/** The ratio of what is held to what is owed at the base prices ÷ (1 + slack). */
export function baseRatio(line: LineAccount, basePrice: Float64Array): number {
  let held = 0;
  let owed = 0;
  for (const [i, row] of line.heldRows.entries()) held += line.heldWeights[i]! * basePrice[row]!;
  for (const [i, row] of line.owedRows.entries()) owed += line.owedWeights[i]! * basePrice[row]!;
  return held / (owed * (1 + line.slack));
}
