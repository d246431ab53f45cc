import type { Book, TermsOverride } from '@undertow/book';
import { parameterKey } from '../parameters/parameter.ts';
import { parametersOf, type ParameterPlace } from '../parameters/parameters-of.ts';
import { lossesOf } from '../evidence/losses.ts';
import { leftToLiquidators, overrideOf, type Candidate } from '../search/candidate.ts';
import { changedContent } from '../search/changed-content.ts';
import { scenariosFor } from '../search/measured.ts';
import { Trial } from '../search/trial.ts';
import { lossesCounted } from '../study/asked.ts';
import type { Study } from '../study/study.ts';
import type { Advice, AdviceLosses } from './advice.ts';
import { adviseOne } from './advise-one.ts';
import type { PathAsked } from './path-of-advice.ts';

/** One advice of many, and how far they are. */
export interface AdviceProgress {
  readonly done: number;
  readonly all: number;
  readonly advice: Advice;
}

/**
 * Advices on many places, one after the other, in their order; after each the caller may tell of it, or stop. Every one is by itself:
 * several threads that each have the study and some of the places give the same.
 *
 * @param places all parameters of the study's book by default.
 */
export function* adviseAll(
  study: Study,
  {
    places = parametersOf(study.book),
    path,
  }: { readonly places?: readonly ParameterPlace[]; readonly path?: PathAsked } = {},
): Generator<AdviceProgress> {
  for (const [at, place] of places.entries())
    yield { done: at + 1, all: places.length, advice: adviseOne(study, place, path) };
}

/** What all advised changes together come to. */
export interface Together {
  /** The changes that were made, as terms. */
  readonly overrides: readonly TermsOverride[];
  /** Losses of all venues under the present terms, and under all changes together. */
  readonly before: AdviceLosses;
  readonly after: AdviceLosses;
  /** Whether they stay within a tolerance in USD of all venues' losses; undefined where the tolerance is another. */
  readonly isWithin: boolean | undefined;
  readonly words: string;
}

/**
 * Runs all advised changes of terms together: each advice holds with all else as it is, and two that each use up the tolerance may exceed it
 * together. Caps and fund sizes change nobody who is there, and are left out. Undefined where there are no scenarios or no changes.
 *
 * @param book what it is run on: the study's trial book by default, or the whole book.
 * @throws BadDataError where the changes together are refused by a contract (a borrowing limit above its threshold).
 */
export function together(
  study: Study,
  advices: readonly Advice[],
  book: Book = study.trialBook,
): Together | undefined {
  const { swept, asked } = study;
  const overrides = overridesOf(advices, parametersOf(study.book));
  if (!swept || overrides.length === 0) return undefined;
  const present = swept.table.figure('lossUsd');
  const { behaviour = 'keep-health' } = asked;
  const content = changedContent(book, { overrides, behaviour });
  const { book: changed, atOnce }: Pick<Candidate, 'book' | 'atOnce'> =
    behaviour === 'keep-debt' ? leftToLiquidators(content, swept.plan.policies) : { book: content };
  const beforeUsd = atOnce?.lossUsd ?? 0;
  const trial = new Trial(changed, {
    scenarios: swept.scenarios,
    measured: ({ lossUsd }) => beforeUsd + lossUsd,
  });
  trial.run(scenariosFor(present, asked));
  const before = lossesOf({ lossUsd: present, done: present.length }, swept, asked.confidence);
  const after = lossesOf(trial, swept, asked.confidence);
  const { most } = asked.tolerance;
  const isWithin =
    most.kind === 'usd' && lossesCounted(asked.tolerance) === 'all-venues'
      ? after.expectedShortfallUsd <= most.usd
      : undefined;
  return { overrides, before, after, isWithin, words: togetherWords(overrides.length, isWithin) };
}

function togetherWords(count: number, isWithin: boolean | undefined): string {
  if (count === 1)
    return isWithin === false
      ? 'The one change of terms EXCEEDS the tolerance.'
      : 'There is one change of terms: it is as advised.';
  if (isWithin === undefined)
    return `${count} changes together: compare the expected shortfall before and after; the tolerance is not one of all venues in USD.`;
  return isWithin
    ? `${count} changes together stay within the tolerance.`
    : `${count} changes together EXCEED the tolerance, though each by itself does not: make fewer of them, or ask with a smaller one.`;
}

/** Of a borrowing limit the threshold that is advised beside it, above which a contract lets none be: each was advised by itself. */
function lineOf(changed: readonly Advice[], { kind, venue, market }: Advice['parameter']): number {
  if (kind !== 'loanToValue') return Infinity;
  const line = changed.find(
    ({ parameter }) =>
      parameter.kind === 'liquidationThreshold' && parameter.venue === venue && parameter.market === market,
  );
  return line?.advised?.value ?? Infinity;
}

/** The terms that advices change, thresholds before the limits that must not be above them. */
function overridesOf(advices: readonly Advice[], places: readonly ParameterPlace[]): TermsOverride[] {
  const byKey = new Map(places.map((place) => [parameterKey(place.parameter), place]));
  const changed = advices.filter(
    ({ verdict, advised, parameter: { kind } }) =>
      (verdict === 'raise' || verdict === 'lower') &&
      advised !== undefined &&
      !['supplyCap', 'borrowCap', 'fundSize'].includes(kind),
  );
  const order = (kind: string) => (kind === 'liquidationThreshold' ? 0 : 1);
  return changed
    .toSorted((a, b) => order(a.parameter.kind) - order(b.parameter.kind))
    .flatMap(({ parameter, advised }) => {
      const place = byKey.get(parameterKey(parameter));
      const override = place && overrideOf(place, Math.min(advised!.value, lineOf(changed, parameter)));
      return override ? [override] : [];
    });
}
