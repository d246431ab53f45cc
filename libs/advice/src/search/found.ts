import type { Study } from '../study/study.ts';
import type { ParameterPlace } from '../parameters/parameters-of.ts';
import type { BoundBy } from '../advice/advice.ts';
import { candidateOf, isLine, type Candidate } from './candidate.ts';
import { largestSafe, type LargestSafe } from './largest-safe.ts';
import type { Values } from './ladder.ts';
import type { Measured } from './measured.ts';
import { shortfallOf, worstOf, type Trial } from './trial.ts';

/** What a search over the values of a parameter came to. */
export interface Found {
  /** Undefined where no value is within the tolerance. */
  readonly value: number | undefined;
  readonly boundBy: BoundBy;
  /** The trial of the value, or of the one with the least loss. */
  readonly trial: Trial | undefined;
  /** What that trial was of. */
  readonly triedValue: number | undefined;
  readonly tried: readonly { readonly value: number; readonly excessUsd: number }[];
  /** Where no value is within the tolerance: that which loses least, by all scenarios that are looked at first, of values with an order. */
  readonly least?: { readonly value: number; readonly excessUsd: number; readonly shortfallUsd: number };
  readonly isMonotone: boolean;
}

export interface SearchOf {
  readonly study: Study;
  readonly place: ParameterPlace;
  readonly measured: Measured;
  readonly values: Values;
  readonly usedUnits: number | undefined;
}

/** Whether values are in the order of rising borrowing power, so that the highest within the tolerance is wanted. */
export const isOrdered = ({ parameter: { kind } }: ParameterPlace): boolean =>
  kind !== 'liquidationBonus' && kind !== 'closeFactor';

/**
 * The value of a parameter that is advised: the one with the most borrowing power within the tolerance; of a bonus and a close factor, which
 * limit nobody's borrowing, the first within it that is wished, see `wished`.
 */
export function searched(of: SearchOf): Found {
  const tries = openTries(of);
  return isOrdered(of.place) ? largest(of, tries) : wished(of, tries);
}

/** Trials of values, each made when it is first asked for. */
interface Tries {
  readonly trial: (place: number) => Trial;
  /**
   * By how much the expected shortfall is above the tolerance at least, by the scenarios that are looked at first: no more of them
   * than it takes to be above it.
   */
  readonly excess: (place: number) => number;
  /** The same by all of these scenarios. */
  readonly whole: (place: number) => number;
  readonly confirm: (place: number) => boolean;
}

/** Scenarios that are run before it is asked whether they are enough; as many again as were run each time after that. */
const FIRST_RUN = 1;
/** Values whose engines are kept, which hold as much as the book: the last ones are those that are asked again. */
const OPEN_KEPT = 2;

function openTries({ study, place, values, usedUnits, measured }: SearchOf): Tries {
  const { asked, trialBook, swept } = study;
  const behaviour = asked.behaviour ?? 'keep-health';
  let tail = measured.tail;
  const known = new Map<number, { readonly candidate: Candidate; readonly trial: Trial }>();
  const tryOf = (at: number) => {
    const seen = known.get(at);
    if (seen) return seen;
    for (const { trial } of [...known.values()].slice(0, -OPEN_KEPT)) trial.close();
    const of = { book: trialBook, place, behaviour, usedUnits, policies: swept?.plan.policies };
    const candidate = candidateOf(of, values.values[at]!);
    // The present value under the present terms has been run already.
    const isReady = candidate.book === trialBook || isPresent(place, values.values[at]!);
    const made = { candidate, trial: isReady ? measured.present() : measured.trial(candidate) };
    known.set(at, made);
    return made;
  };
  const excessOf = (at: number) => {
    const { candidate, trial } = tryOf(at);
    const { lossUsd } = measured.losses(trial);
    return shortfallOf(lossUsd, asked.confidence) - toleranceUsd(asked, candidate.debtUsd);
  };
  /** Runs scenarios until they are above the tolerance: more of them cannot bring them below it. */
  const excessIn = (at: number, scenarios: readonly number[]) => {
    const { trial } = tryOf(at);
    for (let from = 0, end = FIRST_RUN; from < scenarios.length; from = end, end *= 2) {
      trial.run(scenarios.slice(from, end));
      const excess = excessOf(at);
      if (excess > 0 || end >= scenarios.length) return excess;
    }
    return excessOf(at);
  };
  return {
    trial: (at) => tryOf(at).trial,
    excess: (at) => excessIn(at, tail),
    whole: (at) => {
      tryOf(at).trial.run(tail);
      return excessOf(at);
    },
    confirm: (at) => {
      if (excessIn(at, measured.confirmed) <= 0) return true;
      const worst = worstOf(measured.losses(tryOf(at).trial).lossUsd, tail.length);
      tail = [...new Set([...worst, ...tail])];
      return false;
    },
  };
}

/** Of caps the present value says nothing of what is used. */
const isPresent = ({ current, parameter: { kind } }: ParameterPlace, value: number): boolean =>
  value === current && kind !== 'supplyCap' && kind !== 'borrowCap';

/** The tolerance in USD, where so much is owed. */
export function toleranceUsd({ tolerance: { most } }: Study['asked'], debtUsd: number): number {
  return most.kind === 'usd' ? most.usd : most.share * debtUsd;
}

function largest({ study, place, measured, values: { values, endsBy } }: SearchOf, tries: Tries): Found {
  const start = startOf(place, values);
  // Whom a lower line makes liquidatable is liquidated where nobody pays back, in every scenario.
  const lower = study.asked.behaviour === 'keep-debt' && isLine(place) ? 'harms' : 'safer';
  const { place: at, tried, isMonotone } = largestSafe({ count: values.length, start, lower, ...tries });
  const all = at === undefined ? withLeastWhole(tried, tries) : tried;
  const least = all.reduce((best, one) => (one.excess < best.excess ? one : best), all[0]!);
  const shown = at ?? least.place;
  return {
    value: at === undefined ? undefined : values[at]!,
    boundBy: at === values.length - 1 ? endsBy : 'tolerance',
    trial: tries.trial(shown),
    triedValue: values[shown]!,
    tried: all.map((one) => ({ value: values[one.place]!, excessUsd: one.excess })),
    ...(at === undefined && {
      least: {
        value: values[least.place]!,
        excessUsd: least.excess,
        shortfallUsd: shortfallOf(measured.losses(tries.trial(shown)).lossUsd, study.asked.confidence),
      },
    }),
    isMonotone,
  };
}

/** What was tried, where nothing is within: the least of all by all scenarios that are looked at first, as it is told how far off it is. */
function withLeastWhole(tried: LargestSafe['tried'], { whole }: Tries): LargestSafe['tried'] {
  const excess = new Map(tried.map((one) => [one.place, one.excess]));
  for (const seen = new Set<number>(); ;) {
    const [place] = [...excess].reduce((best, one) => (one[1] < best[1] ? one : best));
    if (seen.has(place)) return tried.map((one) => ({ place: one.place, excess: excess.get(one.place)! }));
    seen.add(place);
    excess.set(place, whole(place));
  }
}

/** The place of the present value, else of the last below it. */
function startOf({ current = 0, parameter: { kind } }: ParameterPlace, values: readonly number[]): number {
  const isBelow = (value: number) => (kind === 'maintenanceMargin' ? value >= current : value <= current);
  return Math.max(0, values.findLastIndex(isBelow));
}

/**
 * The first value that is confirmed, in an order of wishes: of a bonus the smallest, as owners pay it; of a close factor the nearest to the
 * present one. Their losses have no order, so that nothing is told of values that were not tried.
 */
function wished({ place, values: { values, endsBy } }: SearchOf, tries: Tries): Found {
  const { current = 0, parameter } = place;
  const places = [...values.keys()];
  if (parameter.kind === 'closeFactor')
    places.sort((a, b) => Math.abs(values[a]! - current) - Math.abs(values[b]! - current));
  const tried: { readonly at: number; readonly excessUsd: number }[] = [];
  let found: number | undefined;
  for (const at of places) {
    const excessUsd = tries.excess(at);
    tried.push({ at, excessUsd });
    if (!(excessUsd <= 0 && tries.confirm(at))) continue;
    found = at;
    break;
  }
  const least = tried.reduce((best, one) => (one.excessUsd < best.excessUsd ? one : best), tried[0]!);
  const shown = found ?? least.at;
  return {
    value: found === undefined ? undefined : values[found]!,
    boundBy: found === places[0] ? endsBy : 'tolerance',
    trial: tries.trial(shown),
    triedValue: values[shown]!,
    tried: tried
      .map(({ at, excessUsd }) => ({ value: values[at]!, excessUsd }))
      .sort((a, b) => a.value - b.value),
    isMonotone: true,
  };
}
