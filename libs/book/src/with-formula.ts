import {
  formulaAnswer,
  formulaBases,
  MOST_FORMULA_STEPS,
  type FeedFormula,
  type FeedId,
} from '@undertow/market';
import { BadDataError } from '@undertow/units';
import type { Ledger } from './ledger.ts';

/**
 * A ledger in which a price source is made of something else, such as a rate under another cap, with the answers of all that is made of it:
 * each is what it was, times what its formula gives after ÷ before. The ledger that is given stays as it is; this one shares all
 * else with it, and is there to be read, not to be folded on.
 *
 * @throws BadDataError when what is made of the source would give no answer at the time.
 */
export function withFormula(
  ledger: Ledger,
  feed: FeedId,
  { formula, time }: { readonly formula: FeedFormula; readonly time: number },
): Ledger {
  const changed: Ledger = {
    ...ledger,
    prices: new Map(ledger.prices),
    formulas: new Map(ledger.formulas).set(feed, formula),
  };
  const [before, after] = [answersOf(ledger, time), answersOf(changed, time)];
  for (const made of ledger.formulas.keys()) {
    const price = ledger.prices.get(made);
    const was = hangsOn(ledger.formulas, made, feed) ? before(made) : undefined;
    if (price === undefined || was === undefined || was <= 0n) continue;
    const is = after(made);
    if (is === undefined || is <= 0n)
      throw new BadDataError(`the price source ${made} would give no answer at ${time}`);
    changed.prices.set(made, { ...price, answer: (price.answer * is) / was });
  }
  return changed;
}

/** What feeds answer at a time: base feeds what they answered last, others what they are made of. */
function answersOf({ formulas, prices }: Ledger, time: number): (feed: FeedId) => bigint | undefined {
  const at = (feed: FeedId, steps: number): bigint | undefined => {
    const formula = formulas.get(feed);
    if (formula === undefined) return prices.get(feed)?.answer;
    return steps === MOST_FORMULA_STEPS
      ? undefined
      : formulaAnswer(formula, (base) => at(base, steps + 1), time);
  };
  return (feed) => at(feed, 0);
}

type Formulas = Ledger['formulas'];

function hangsOn(formulas: Formulas, feed: FeedId, base: FeedId, steps = 0): boolean {
  if (feed === base) return true;
  const formula = formulas.get(feed);
  if (formula === undefined || steps === MOST_FORMULA_STEPS) return false;
  return formulaBases(formula).some((below) => hangsOn(formulas, below, base, steps + 1));
}
