import type { FeedId } from '../id.ts';
import { cappedRate, undiscountedPart } from './formula-answer.ts';
import { MOST_FORMULA_STEPS, type FeedFormula, type ProductFormula } from './formula.ts';

/**
 * A feed's price over base feeds, all in whole units: `min(greatest, multiplier × Π min(answer, term.greatest)^power)`.
 * Without terms it is the same whatever the base feeds answer. Infinity = no cap.
 */
export interface FormulaFactors {
  readonly multiplier: number;
  readonly terms: readonly FormulaTerm[];
  readonly greatest: number;
}

/** One base feed in a price. */
export interface FormulaTerm {
  readonly feed: FeedId;
  readonly power: 1 | -1;
  /** Greatest answer that counts, in whole units. */
  readonly greatest: number;
}

/** What feeds are made of, as far as somebody knows. */
export interface KnownFormulas {
  /** Undefined for a base feed. */
  readonly formulaOf: (feed: FeedId) => FeedFormula | undefined;
  /** Decimals of a feed's answers. */
  readonly decimalsOf: (feed: FeedId) => number;
  /** When caps and discounts are taken, unix seconds. */
  readonly time: number;
}

/**
 * A feed's price as factors of the base feeds that it is made of, through any feeds between; a base feed itself is one
 * term. It is `formulaAnswer` without its roundings: off by at most one raw unit at each step, beside the last digits of
 * a float.
 *
 * Undefined where no such factors exist: a formula on the way is not known, answers nothing at the time or never more
 * than zero, leads in a circle or through more than `MOST_FORMULA_STEPS` feeds, is capped by another feed (a cap that
 * moves), or multiplies or divides by a capped product of several feeds.
 */
export function formulaFactors(feed: FeedId, known: KnownFormulas): FormulaFactors | undefined {
  return factorsOf(feed, known, []);
}

function factorsOf(feed: FeedId, known: KnownFormulas, above: readonly FeedId[]): FormulaFactors | undefined {
  const formula = known.formulaOf(feed);
  if (formula === undefined)
    return { multiplier: 1, terms: [{ feed, power: 1, greatest: Infinity }], greatest: Infinity };
  if (above.length >= MOST_FORMULA_STEPS || above.includes(feed)) return undefined;
  const unit = 10 ** known.decimalsOf(feed);
  const of = (base: FeedId) => rawFactors(base, known, [...above, feed]);
  const raw = rawOf(formula, of, known.time);
  return raw && sound(scaled(raw, 1 / unit));
}

/** As `factorsOf`, in raw units of the feed; its base feeds stay in whole units. */
function rawFactors(
  feed: FeedId,
  known: KnownFormulas,
  above: readonly FeedId[],
): FormulaFactors | undefined {
  const whole = factorsOf(feed, known, above);
  return whole && scaled(whole, 10 ** known.decimalsOf(feed));
}

type RawOf = (feed: FeedId) => FormulaFactors | undefined;

function rawOf(formula: FeedFormula, of: RawOf, time: number): FormulaFactors | undefined {
  switch (formula.form) {
    case 'constant':
      return constant(Number(formula.answer));
    case 'capped': {
      const base = of(formula.base);
      return base && { ...base, greatest: Math.min(base.greatest, Number(formula.greatest)) };
    }
    case 'rate': {
      const rate = cappedRate(formula, time);
      if (rate === undefined || formula.rate <= 0n) return undefined;
      if (formula.base === undefined) return constant(Number(rate));
      const base = of(formula.base);
      return base && scaled(base, Number(rate) / 10 ** formula.rateDecimals);
    }
    case 'discounted': {
      const part = undiscountedPart(formula, time);
      if (part === undefined) return undefined;
      if (formula.base === undefined) return constant(Number(part));
      const base = of(formula.base);
      return base && scaled(base, Number(part) / Number(formula.one));
    }
    case 'product':
      return productOf(formula, of);
    case 'capped-by':
    case 'unknown':
      return undefined;
  }
}

function productOf(
  { times, over, multiplier, divisor }: ProductFormula,
  of: RawOf,
): FormulaFactors | undefined {
  let product: FormulaFactors | undefined = constant(Number(multiplier) / Number(divisor));
  for (const feed of times) product = multiplied(product, of(feed));
  for (const feed of over) product = multiplied(product, inverse(of(feed)));
  return product;
}

const constant = (value: number): FormulaFactors => ({ multiplier: value, terms: [], greatest: Infinity });

function scaled({ multiplier, terms, greatest }: FormulaFactors, by: number): FormulaFactors {
  return { multiplier: multiplier * by, terms, greatest: greatest * by };
}

/** A number scales a capped product; two prices that move can be multiplied only without a cap on the whole of either. */
function multiplied(
  one: FormulaFactors | undefined,
  other: FormulaFactors | undefined,
): FormulaFactors | undefined {
  if (!one || !other) return undefined;
  const [a, b] = [uncapped(one), uncapped(other)];
  if (a?.terms.length === 0) return scaled(other, a.multiplier);
  if (b?.terms.length === 0) return scaled(one, b.multiplier);
  if (!a || !b) return undefined;
  return { multiplier: a.multiplier * b.multiplier, terms: [...a.terms, ...b.terms], greatest: Infinity };
}

function inverse(one: FormulaFactors | undefined): FormulaFactors | undefined {
  const plain = one && uncapped(one);
  if (!plain) return undefined;
  const terms = plain.terms.map((term): FormulaTerm => ({ ...term, power: term.power === 1 ? -1 : 1 }));
  return { multiplier: 1 / plain.multiplier, terms, greatest: Infinity };
}

/** The same with the cap of the whole moved to its only feed; undefined where there are several, or one that divides. */
function uncapped(factors: FormulaFactors): FormulaFactors | undefined {
  const { multiplier, terms, greatest } = factors;
  if (greatest === Infinity) return factors;
  const [term, ...more] = terms;
  if (term === undefined) return constant(Math.min(multiplier, greatest));
  if (more.length > 0 || term.power === -1) return undefined;
  const capped = { ...term, greatest: Math.min(term.greatest, greatest / multiplier) };
  return { multiplier, terms: [capped], greatest: Infinity };
}

/** Nothing that is zero, negative or beyond a float is a factor of a price. */
function sound(factors: FormulaFactors): FormulaFactors | undefined {
  const { multiplier, greatest } = factors;
  return multiplier > 0 && multiplier < Infinity && greatest > 0 ? factors : undefined;
}
