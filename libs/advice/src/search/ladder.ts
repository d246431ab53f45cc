import { marketTerms, type Book, type MarketTerm } from '@undertow/book';
import type { ParameterPlace } from '../parameters/parameters-of.ts';
import type { Study } from '../study/study.ts';
import type { BoundBy } from '../advice/advice.ts';
import { bonusWith, type HardBound } from './hard-bound.ts';

/** The values that are tried of a parameter. */
export interface Values {
  /** In the order of rising borrowing power (of a bonus and a close factor: rising). */
  readonly values: readonly number[];
  /** What keeps the values from going on. */
  readonly endsBy: BoundBy;
}

const DEFAULT_STEP_BPS = 50;
/** What a cap is tried at, as multiples of what is used, in sixth parts of a doubling. */
const [LEAST_DOUBLING, MOST_DOUBLING, PARTS] = [-4, 4, 6];
/** Nothing beyond these is tried: a margin of half a position, a close factor of a twentieth. */
const MOST_MARGIN = 0.5;
const LEAST_CLOSE = 0.05;

/** What a parameter's values depend on. */
export interface LadderOf {
  readonly study: Study;
  readonly place: ParameterPlace;
  readonly bound: HardBound | undefined;
  readonly usedUnits: number | undefined;
  /** Of a bonus: the least at which liquidators act, a ratio. */
  readonly leastBonus?: number | undefined;
}

/**
 * The values to try of a parameter, within its hard bounds: ratios in whole steps of basis points, rounded to the safe side; caps in steps
 * of an eighth on what is used. The present value is among them where it is within the bounds.
 */
export function valuesOf(of: LadderOf): Values {
  const { study, place } = of;
  const { kind, venue } = place.parameter;
  const allowed = study.asked.allowed?.find((one) => one.venue === venue && one.kind === kind)?.values;
  const { values, endsBy } = triedOf(of, allowed);
  const isFalling = kind === 'maintenanceMargin';
  const withPresent = allowed ? values : present(of, values);
  const sorted = [...new Set(withPresent)].sort((a, b) => (isFalling ? b - a : a - b));
  return { values: sorted, endsBy };
}

function triedOf(of: LadderOf, allowed: readonly number[] | undefined): Values {
  const { place, usedUnits } = of;
  switch (place.parameter.kind) {
    case 'liquidationThreshold':
      return thresholds(of, allowed);
    case 'loanToValue': {
      const threshold = termOf(of, 'liquidationThreshold');
      return { values: within(allowed ?? steps(of, 1), 0, threshold ?? 0), endsBy: 'contract' };
    }
    case 'liquidationBonus':
      return bonuses(of, allowed);
    case 'maintenanceMargin': {
      // What is left at the line must pay the penalty of closing there.
      const { rule } = of.study.book.venues[place.venueRow]!;
      const penalty = rule?.kernel === 'close-position' ? rule.liquidationPenalty : 0;
      const tried = (allowed ?? steps(of, MOST_MARGIN)).filter((value) => value >= penalty - 1e-12);
      return { values: within(tried, 0, MOST_MARGIN), endsBy: penalty > 0 ? 'toxicity' : 'search-end' };
    }
    case 'closeFactor': {
      const tried = Array.from({ length: Math.round(1 / LEAST_CLOSE) }, (_, at) =>
        round((at + 1) * LEAST_CLOSE),
      );
      return { values: within(allowed ?? tried, 0, 1), endsBy: 'contract' };
    }
    case 'supplyCap':
    case 'borrowCap':
      return { values: usedUnits ? caps(usedUnits) : [], endsBy: 'search-end' };
    case 'fundSize':
      return { values: [], endsBy: 'cover-2' };
  }
}

function thresholds(of: LadderOf, allowed: readonly number[] | undefined): Values {
  const tried = within(allowed ?? steps(of, 1), 0, 1);
  return {
    values: tried.filter((threshold) => threshold <= lineOf(of, threshold)),
    endsBy: of.bound ? 'toxicity' : 'contract',
  };
}

function bonuses(of: LadderOf, allowed: readonly number[] | undefined): Values {
  const threshold = termOf(of, 'liquidationThreshold');
  if (threshold === undefined) return { values: [], endsBy: 'contract' };
  const least = of.leastBonus ?? 0;
  const isSafe = (bonus: number) =>
    bonus >= least && threshold <= (of.bound?.lineAt(bonus).threshold ?? 1 / (1 + bonus)) + 1e-12;
  const tried = allowed ?? BONUSES;
  return { values: tried.filter(isSafe), endsBy: least > tried[0]! ? 'incentive' : 'search-end' };
}

/** Ratios that bonuses are set to. */
const BONUSES = [0.005, 0.01, 0.015, 0.02, 0.025, 0.03, 0.04, 0.05, 0.06, 0.075, 0.1, 0.125, 0.15, 0.2, 0.25];

/** Whole steps above 0 up to a ratio. */
function steps({ study }: Pick<LadderOf, 'study'>, most: number): number[] {
  const bps = study.asked.stepBps ?? DEFAULT_STEP_BPS;
  const count = Math.floor((most * 10_000) / bps + 1e-9);
  return Array.from({ length: count }, (_, at) => ((at + 1) * bps) / 10_000);
}

const within = (values: readonly number[], above: number, upTo: number): number[] =>
  values.filter((value) => value > above && value <= upTo + 1e-12);

function caps(usedUnits: number): number[] {
  const tried: number[] = [];
  for (let part = LEAST_DOUBLING * PARTS; part <= MOST_DOUBLING * PARTS; part++)
    tried.push(roundedDown(usedUnits * 2 ** (part / PARTS)));
  return tried.filter((value) => value > 0);
}

/** A number cut off after its third digit: caps are proposed in round numbers. */
export function roundedDown(value: number, digits = 3): number {
  if (!(value > 0)) return 0;
  const unit = 10 ** (Math.floor(Math.log10(value)) - digits + 1);
  const cut = Math.floor(value / unit + 1e-9) * unit;
  return unit >= 1 ? Math.round(cut) : Number(cut.toPrecision(digits));
}

const round = (value: number) => Number(value.toFixed(4));

/** The values with the present one, where the bounds let it be: caps are tried from what is used, not from what is allowed. */
function present(of: LadderOf, values: readonly number[]): readonly number[] {
  const { current, parameter } = of.place;
  if (current === undefined || !(current > 0)) return values;
  const threshold = termOf(of, 'liquidationThreshold') ?? 0;
  const isWithin = {
    liquidationThreshold: () => current <= lineOf(of, current),
    loanToValue: () => current <= threshold + 1e-12,
    liquidationBonus: () =>
      current >= (of.leastBonus ?? 0) && threshold <= (of.bound?.lineAt(current).threshold ?? 1) + 1e-12,
    maintenanceMargin: () => true,
    closeFactor: () => true,
    supplyCap: () => false,
    borrowCap: () => false,
    fundSize: () => false,
  }[parameter.kind];
  return isWithin() ? [...values, current] : values;
}

/** The largest threshold that is not toxic at the bonus that goes with a threshold. */
function lineOf(of: LadderOf, threshold: number): number {
  const bonus = termOf(of, 'liquidationBonus') ?? 0;
  const own = bonusWith(of.study.book, of.place, { threshold, bonus });
  return (of.bound?.lineAt(own).threshold ?? 1 / (1 + own)) + 1e-12;
}

/** A term of the place's market as it is; undefined where it is not one for all accounts. */
export const termOf = (
  { study, place }: { readonly study: Pick<Study, 'book'>; readonly place: ParameterPlace },
  field: MarketTerm,
): number | undefined =>
  place.marketRow === undefined ? undefined : termsOf(study.book)[place.marketRow]!.get(field);

const known = new WeakMap<Book, readonly ReadonlyMap<MarketTerm, number | undefined>[]>();

/** The terms of all markets, found once for a book: looking a market's up goes over all accounts. */
function termsOf(book: Book) {
  const found =
    known.get(book) ??
    marketTerms(book).map(({ terms }) => new Map(terms.map(({ field, value }) => [field, value])));
  known.set(book, found);
  return found;
}
