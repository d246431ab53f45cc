/**
 * What each of some inputs moved: its marginal change averaged over all orders in which they can be exchanged (Shapley, A Value for
 * n-Person Games, 1953), so that the shares add up to the whole change and no order is preferred.
 *
 * @param valueOf the value with these inputs exchanged and the others as they were.
 * @returns undefined where some choice of inputs gives no value.
 */
export function shapleyShares<Input>(
  inputs: readonly Input[],
  valueOf: (exchanged: readonly Input[]) => number | undefined,
): Map<Input, number> | undefined {
  const many = inputs.length;
  const values: number[] = [];
  for (let choice = 0; choice < 2 ** many; choice++) {
    const value = valueOf(inputs.filter((_, place) => (choice >> place) & 1));
    if (value === undefined) return undefined;
    values.push(value);
  }
  const shares = inputs.map((_, place) => {
    let share = 0;
    for (let choice = 0; choice < 2 ** many; choice++) {
      if ((choice >> place) & 1) continue;
      const before = inputs.filter((_input, other) => (choice >> other) & 1).length;
      share += weightOf(before, many) * (values[choice | (1 << place)]! - values[choice]!);
    }
    return share;
  });
  return new Map(inputs.map((input, place) => [input, shares[place]!]));
}

/** Share of all orders in which exactly these others come before: before! × (many − before − 1)! ÷ many! */
const weightOf = (before: number, many: number): number =>
  (factorial(before) * factorial(many - before - 1)) / factorial(many);

const factorial = (of: number): number => (of <= 1 ? 1 : of * factorial(of - 1));
