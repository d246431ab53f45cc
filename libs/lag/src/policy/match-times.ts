/** How well two lists of moments go together. */
export interface Matched {
  /** Pairs of moments that are no further apart than allowed, each moment in one pair at most. */
  readonly pairs: number;
  /** Pairs ÷ moments that were seen. */
  readonly recall: number;
  /** Pairs ÷ moments that were expected. */
  readonly precision: number;
}

/** Pairs what was expected with what was seen, in order of time; both lists rise. Shares of empty lists are 0. */
export function matchTimes(
  expected: ArrayLike<number>,
  seen: ArrayLike<number>,
  apartSeconds: number,
): Matched {
  let pairs = 0;
  let mine = 0;
  let theirs = 0;
  while (mine < expected.length && theirs < seen.length) {
    const apart = expected[mine]! - seen[theirs]!;
    if (Math.abs(apart) <= apartSeconds) {
      pairs += 1;
      mine += 1;
      theirs += 1;
    } else if (apart < 0) mine += 1;
    else theirs += 1;
  }
  const share = (of: number) => (of === 0 ? 0 : pairs / of);
  return { pairs, recall: share(seen.length), precision: share(expected.length) };
}
