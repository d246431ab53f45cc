/** Values of a parameter in the order of rising borrowing power, and what is known of each. */
export interface Ladder {
  readonly count: number;
  /**
   * By how much the loss at a place exceeds the tolerance at least (above 0: it does, and more scenarios cannot change that), by the
   * scenarios that are looked at first.
   */
  readonly excess: (place: number) => number;
  /** Whether the loss is within the tolerance by all scenarios that are to be asked; only asked where `excess` is not above 0. */
  readonly confirm: (place: number) => boolean;
  /** A place to begin at, such as the present value's. */
  readonly start: number;
  /**
   * What going lower does. `safer` (the default): it loses less, as a rule. `harms`: it does at first, and then brings losses of its own, as
   * nobody pays back whom a lower line makes liquidatable: a place is then not held against those below it.
   */
  readonly lower?: 'safer' | 'harms' | undefined;
}

/** What a search found. */
export interface LargestSafe {
  /** Undefined where no place that was tried is within the tolerance. */
  readonly place: number | undefined;
  /** Places that were tried, rising, with their excess. */
  readonly tried: readonly { readonly place: number; readonly excess: number }[];
  /** False where a place below one within the tolerance exceeds it: a larger value was then safer. */
  readonly isMonotone: boolean;
}

/** Between the lowest place and the found one so many are looked at, for losses that do not rise with borrowing power. */
const PROBES = 2;
/** Where lower places harm, no more places than so many are passed over on the way down. */
const MOST_STRIDE = 8;

/**
 * The highest place whose loss is within the tolerance, below the lowest place that was found to exceed it.
 *
 * A loss rises with borrowing power as a rule, and not by a theorem: close factors jump, and rounds are discrete. So the search bisects,
 * and then looks at places between the lowest and what it found; where one of them exceeds the tolerance the search begins again below
 * it, and says so. What it gives was itself run and confirmed; what lies between tried places was not.
 */
export function largestSafe({ count, excess, confirm, start, lower = 'safer' }: Ladder): LargestSafe {
  const known = new Map<number, number>();
  const refused = new Set<number>();
  const at = (place: number) => {
    const seen = known.get(place);
    if (seen !== undefined) return refused.has(place) ? Math.max(seen, Number.MIN_VALUE) : seen;
    const made = excess(place);
    known.set(place, made);
    return made;
  };
  let high = count - 1;
  let place: number | undefined;
  while (high >= 0) {
    const found = highestWithin(at, { high, start, lower });
    if (found === undefined) break;
    const worse = lower === 'harms' ? undefined : probes(found).find((probe) => at(probe) > 0);
    if (worse !== undefined) high = worse - 1;
    else if (confirm(found)) {
      place = found;
      break;
    } else {
      // The scenarios to look at first have grown: what seemed within the tolerance is asked again.
      for (const [seen, value] of known) if (value <= 0) known.delete(seen);
      refused.add(found);
      known.set(found, 0);
      high = found - 1;
    }
  }
  const tried = [...known.keys()].sort((a, b) => a - b).map((seen) => ({ place: seen, excess: at(seen) }));
  const lowestOver = tried.find((one) => one.excess > 0)?.place ?? count;
  return { place, tried, isMonotone: !tried.some((one) => one.excess <= 0 && one.place > lowestOver) };
}

const probes = (found: number): number[] =>
  Array.from({ length: PROBES }, (_, at) => Math.floor((found * (at + 1)) / (PROBES + 1))).filter(
    (place, at, all) => place < found && all.indexOf(place) === at,
  );

/**
 * The highest place up to `high` that is within, by interpolation and halving, if losses rise; undefined where the lowest is not. It begins
 * with the place that may be known already, then asks the end that is left by it; where lower places harm it goes down step by step.
 */
function highestWithin(
  at: (place: number) => number,
  { high, start, lower }: { readonly high: number } & Required<Pick<Ladder, 'start' | 'lower'>>,
): number | undefined {
  const first = Math.min(start, high);
  const isOver = at(first) > 0;
  if (!isOver && at(high) <= 0) return high;
  let [within, over] = [first, isOver ? first : high];
  if (isOver && lower === 'safer') within = 0;
  for (let stride = 1; isOver && lower === 'harms' && within > 0 && at(within) > 0; stride *= 2) {
    over = within;
    within = Math.max(0, within - Math.min(stride, MOST_STRIDE));
  }
  if (at(within) > 0) return undefined;
  for (let turn = 0; over - within > 1; turn++) {
    const [low, top] = [at(within), at(over)];
    const share = turn % 2 === 0 && Number.isFinite(top) && top > low ? -low / (top - low) : 0.5;
    const middle = Math.min(over - 1, Math.max(within + 1, within + Math.round(share * (over - within))));
    if (at(middle) <= 0) within = middle;
    else over = middle;
  }
  return within;
}
