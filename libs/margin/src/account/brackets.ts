import { BadDataError } from '@undertow/units';

/** A tier of a table of margins by size: what of a position's value lies between this floor and the next counts with these shares. */
export interface MarginBracket {
  /** USD of a position's value; 0 in the first. */
  readonly fromUsd: number;
  readonly initialMargin: number;
  readonly maintenanceMargin: number;
}

/** What a position must be backed by, USD. */
export interface Requirement {
  readonly initialUsd: number;
  readonly maintenanceUsd: number;
}

/**
 * The requirement of a position by its size: Σ over brackets of the part of its value in the bracket × the bracket's share. An exchange that
 * publishes "value × rate − a maintenance amount" says the same: the amount is what the lower brackets ask less.
 *
 * @throws BadDataError for a table without a bracket at 0, with floors that do not rise, or with a share that is none.
 */
export function tieredRequirement(valueUsd: number, brackets: readonly MarginBracket[]): Requirement {
  checkBrackets(brackets);
  let [initialUsd, maintenanceUsd] = [0, 0];
  for (const [at, { fromUsd, initialMargin, maintenanceMargin }] of brackets.entries()) {
    const toUsd = brackets[at + 1]?.fromUsd ?? Infinity;
    const within = Math.max(0, Math.min(valueUsd, toUsd) - fromUsd);
    initialUsd += within * initialMargin;
    maintenanceUsd += within * maintenanceMargin;
  }
  return { initialUsd, maintenanceUsd };
}

function checkBrackets(brackets: readonly MarginBracket[]): void {
  if (brackets[0]?.fromUsd !== 0)
    throw new BadDataError('the first bracket must begin at 0 USD, so that every size is in one');
  for (const [at, { fromUsd, initialMargin, maintenanceMargin }] of brackets.entries()) {
    if (at > 0 && !(fromUsd > brackets[at - 1]!.fromUsd && fromUsd < Infinity))
      throw new BadDataError(
        `brackets must begin one above the other, but number ${at + 1} begins at ${fromUsd} USD`,
      );
    if (!(maintenanceMargin > 0 && maintenanceMargin <= initialMargin && initialMargin <= 1))
      throw new BadDataError(
        `the bracket from ${fromUsd} USD must have 0 < maintenance ≤ initial ≤ 1, but has ${maintenanceMargin} and ${initialMargin}`,
      );
  }
}
