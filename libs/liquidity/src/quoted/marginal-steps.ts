import type { QuotedAmount, QuoteFlaw } from './quoted-amount.ts';

/** Units that trade at one price on average. */
export interface PriceStep {
  readonly units: number;
  /** Quote units per unit. */
  readonly price: number;
}

/** The steps of one side of a market, from the smallest amount on, or what is wrong with its quotes. */
export interface MarginalSteps {
  readonly steps: readonly PriceStep[];
  readonly flaws: readonly QuoteFlaw[];
}

/** How far averaging may move what a quote says, a ratio. Quotes of one time differ by less; a slip of a digit by more. */
const MOST_AVERAGED = 0.02;

/** Prices nearer to each other than this, a ratio, are one price. */
const SAME_PRICE = 1e-9;

/**
 * What each quote adds to the next smaller one: so many units at so much each. More never costs less, and no unit is better paid
 * than one before it: where quotes say otherwise, neighbours are averaged until it holds (pool adjacent violators), and a quote
 * that this moves by more than 2 % is a flaw.
 */
export function marginalSteps(quotes: readonly QuotedAmount[], side: 'sell' | 'buy'): MarginalSteps {
  const flaw = (index: number, problem: string): QuoteFlaw => ({ side, index, problem });
  const wrong = quotes.flatMap(({ units, quoteUnits }, index) =>
    isPositive(units) && isPositive(quoteUnits) ? [] : [flaw(index, 'amounts must be numbers above 0')],
  );
  if (wrong.length > 0) return { steps: [], flaws: wrong };
  const sorted = quotes
    .map((quote, index) => ({ ...quote, index }))
    .sort((a, b) => a.units - b.units || a.index - b.index);
  const flaws = sorted.flatMap(({ units, quoteUnits, index }, place) => {
    const before = sorted[place - 1];
    if (!before) return [];
    if (units === before.units) return [flaw(index, `${units} is quoted twice`)];
    if (quoteUnits > before.quoteUnits) return [];
    const verb = side === 'sell' ? 'brings' : 'costs';
    return [
      flaw(
        index,
        `${units} ${verb} ${quoteUnits}, no more than ${before.units}, which ${verb} ${before.quoteUnits}`,
      ),
    ];
  });
  if (flaws.length > 0) return { steps: [], flaws };
  const own = sorted.map(({ units, quoteUnits }, place): PriceStep => {
    const added = units - (sorted[place - 1]?.units ?? 0);
    return { units: added, price: (quoteUnits - (sorted[place - 1]?.quoteUnits ?? 0)) / added };
  });
  const steps = averaged(own, side);
  const averagedAway = sorted.flatMap(({ units, quoteUnits, index }) => {
    const off = quoteAt(steps, units) / quoteUnits - 1;
    if (Math.abs(off) <= MOST_AVERAGED) return [];
    const than = (Math.abs(off) * 100).toFixed(1);
    return [
      flaw(
        index,
        `${units} for ${quoteUnits} is ${than} % away from what the quotes beside it come to: check its digits`,
      ),
    ];
  });
  return { steps, flaws: averagedAway };
}

const isPositive = (value: number) => value > 0 && Number.isFinite(value);

/** Neighbours that are out of order as one step, until none is. */
function averaged(own: readonly PriceStep[], side: 'sell' | 'buy'): PriceStep[] {
  const steps: PriceStep[] = [];
  for (let step of own) {
    for (let last = steps.at(-1); last && !isInOrder(last, step, side); last = steps.at(-1)) {
      const units = last.units + step.units;
      step = { units, price: (last.units * last.price + step.units * step.price) / units };
      steps.pop();
    }
    steps.push(step);
  }
  return steps;
}

const isInOrder = (a: PriceStep, b: PriceStep, side: 'sell' | 'buy') =>
  side === 'sell' ? b.price < a.price * (1 - SAME_PRICE) : b.price > a.price * (1 + SAME_PRICE);

function quoteAt(steps: readonly PriceStep[], units: number): number {
  let left = units;
  let quote = 0;
  for (const step of steps) {
    const taken = Math.min(left, step.units);
    quote += taken * step.price;
    left -= taken;
  }
  return quote;
}
