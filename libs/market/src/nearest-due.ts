/** Answers are looked for below 2 to this: far above any price in any decimals. */
const MOST_BITS = 128n;

/** The answer of a feed at which an account becomes liquidatable. */
export interface DueAnswer {
  /** Raw. The account is liquidatable at it, and is not one raw unit further (above for `falling`, below for `rising`). */
  readonly answer: bigint;
  readonly direction: 'falling' | 'rising';
}

/**
 * The answer nearest to the present one (raw, above 0) on the border between liquidatable and not, to the last unit.
 * Undefined when every answer gives the same decision as the present one. Looked for outwards, by halving and by
 * doubling, then between the last two: so it is the nearest where a decision changes once on either side of the present,
 * as health does, which is a ratio of two sums that are linear in the answer. Where rounding makes it change several
 * times within a few units, it is one of them.
 */
export function nearestDueAnswer(present: bigint, isDue: (answer: bigint) => boolean): DueAnswer | undefined {
  const isDueNow = isDue(present);
  const differs = (answer: bigint) => isDue(answer) !== isDueNow;
  const below = border(present, differs, (answer) => answer / 2n);
  const above = border(present, differs, (answer) => (answer >> MOST_BITS > 0n ? 0n : answer * 2n));
  if (!below || (above && above.changed - present < present - below.changed)) {
    if (!above) return undefined;
    return isDueNow
      ? { answer: above.same, direction: 'falling' }
      : { answer: above.changed, direction: 'rising' };
  }
  return isDueNow
    ? { answer: below.same, direction: 'rising' }
    : { answer: below.changed, direction: 'falling' };
}

/** Two neighbours of which the one nearer to the start decides as the start does; `next` ends with 0. */
function border(
  start: bigint,
  differs: (answer: bigint) => boolean,
  next: (answer: bigint) => bigint,
): { readonly same: bigint; readonly changed: bigint } | undefined {
  let same = start;
  let changed = next(start);
  while (changed > 0n && !differs(changed)) [same, changed] = [changed, next(changed)];
  if (changed === 0n) return undefined;
  while (changed - same > 1n || same - changed > 1n) {
    const middle = (same + changed) >> 1n;
    if (differs(middle)) changed = middle;
    else same = middle;
  }
  return { same, changed };
}
