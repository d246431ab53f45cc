/** A search for the least amount, in raw units. */
export interface AmountSearch {
  /** Whether an amount is enough. */
  readonly isEnough: (amount: bigint) => boolean;
  /** Near where the line is taken to be; any amount will do. */
  readonly guess: bigint;
  /** The largest that there is. */
  readonly most: bigint;
  /** No amount below this is enough. */
  readonly from?: bigint;
  /** More is only better as long as this stays the same; absent where more is always better. It changes one way only. */
  readonly stepAt?: ((amount: bigint) => bigint | undefined) | undefined;
}

/** Stretches of one step that are looked at before the search settles for the amount that it has. */
const MOST_STRETCHES = 200;

/**
 * The least amount that is enough; undefined where none up to the largest is. It goes out from the guess in doubled steps and halves what lies
 * between, so that a good guess costs a few trials. Where more is not always better it goes through the stretches in which it is, from `from` on.
 */
export function leastAmount(search: AmountSearch): bigint | undefined {
  const { isEnough, from = 0n, stepAt } = search;
  if (isEnough(from)) return from;
  const enough = someEnough(search);
  if (enough === undefined) return undefined;
  return stepAt ? leastByStretches(search, stepAt, enough) : halved(isEnough, enough.fails, enough.amount);
}

/** An amount that is enough, and one below it that is not. */
interface Bracket {
  readonly fails: bigint;
  readonly amount: bigint;
}

function someEnough({ isEnough, guess, most, from = 0n }: AmountSearch): Bracket | undefined {
  // A guess from floats is no better than this.
  const first = (guess >> 44n) + 1n;
  const within = (amount: bigint) => (amount < from ? from : amount > most ? most : amount);
  const start = within(guess);
  if (!isEnough(start)) {
    let fails = start;
    for (let step = first; fails < most; step *= 2n) {
      const amount = within(start + step);
      if (isEnough(amount)) return { fails, amount };
      fails = amount;
    }
    return undefined;
  }
  let amount = start;
  for (let step = first; ; step *= 2n) {
    const fails = within(start - step);
    if (!isEnough(fails)) return { fails, amount };
    amount = fails;
  }
}

/** The least that is enough between one that is not and one that is, where more is always better. */
function halved(isEnough: (amount: bigint) => boolean, fails: bigint, enough: bigint): bigint {
  let [low, high] = [fails, enough];
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (isEnough(middle)) high = middle;
    else low = middle;
  }
  return high;
}

function leastByStretches(
  { isEnough, from = 0n }: AmountSearch,
  stepAt: (amount: bigint) => bigint | undefined,
  known: Bracket,
): bigint {
  let start = from;
  for (let stretch = 0; stretch < MOST_STRETCHES && start < known.amount; stretch++) {
    const step = stepAt(start);
    if (isEnough(start)) return start;
    const isSame = (amount: bigint) => stepAt(amount) === step;
    const end = isSame(known.amount)
      ? known.amount
      : halved((amount) => !isSame(amount), start, known.amount) - 1n;
    if (isEnough(end)) return halved(isEnough, start, end);
    start = end + 1n;
  }
  return known.amount;
}
