const GOLDEN = (Math.sqrt(5) - 1) / 2;
const STEPS = 60;

/** Where a function of one number with one maximum is greatest between two, by golden sections. */
export function goldenMaximum(
  of: (x: number) => number,
  { least, greatest }: { readonly least: number; readonly greatest: number },
): number {
  let [low, high] = [least, greatest];
  let [a, b] = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)];
  let [atA, atB] = [of(a), of(b)];
  for (let step = 0; step < STEPS; step++) {
    if (atA > atB) {
      [high, b, atB] = [b, a, atA];
      a = high - GOLDEN * (high - low);
      atA = of(a);
    } else {
      [low, a, atA] = [a, b, atB];
      b = low + GOLDEN * (high - low);
      atB = of(b);
    }
  }
  return (low + high) / 2;
}
