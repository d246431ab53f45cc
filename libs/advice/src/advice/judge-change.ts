import { marketTerms, overrideText, type Book, type TermsOverride } from '@undertow/book';
import type { Outcome } from '@undertow/cascade';
import { contentHash } from '@undertow/sweep';
import { BadDataError } from '@undertow/units';
import { suppliedUnits } from '../evidence/cross-checks.ts';
import { lossesOf } from '../evidence/losses.ts';
import { madeDueNow } from '../evidence/made-due.ts';
import { parametersOf, type ParameterPlace } from '../parameters/parameters-of.ts';
import type { Behaviour } from '../search/borrowing.ts';
import { borrowingPowerOf, debtOn, isLine, leftToLiquidators } from '../search/candidate.ts';
import { changedContent, type Filled } from '../search/changed-content.ts';
import { toleranceUsd } from '../search/found.ts';
import { bonusWith, hardBoundOf, largestOn } from '../search/hard-bound.ts';
import { measuredAt, type Tried } from '../search/measured.ts';
import { allReady, Trial, type RunLosses } from '../search/trial.ts';
import { lossesCounted } from '../study/asked.ts';
import { hashOfInputs, hashOfPlan } from '../study/hashes.ts';
import type { Study, Swept } from '../study/study.ts';
import type { JudgedToxicity, Judgement } from './judgement.ts';
import { judgementWords } from './judgement-words.ts';

/**
 * Judges changes of terms that somebody typed: the expected shortfall before and after through the cascades of all scenarios, whom the
 * changes alone let be liquidated, what they cost in borrowing power, and whether liquidations turn toxic.
 *
 * @throws BadDataError for a change that a contract refuses, for what the book lacks, and for a tolerance of one market where several change.
 */
export function judgeChange(study: Study, overrides: readonly TermsOverride[]): Judgement {
  if (overrides.length === 0) throw new BadDataError('there is no change to judge');
  const { asked, book, trialBook, swept } = study;
  const places = placesOf(book, overrides);
  const { behaviour = 'keep-health' } = asked;
  const terms = (of: Book): Book => changedContent(of, { overrides, behaviour: 'keep-debt' });
  const changed = terms(book);
  const losses = swept && judgedLosses({ study, swept, overrides, places, behaviour });
  const found = {
    ...losses,
    madeDue: madeDueNow(
      { book, changed },
      { book: trialBook, changed: trialBook === book ? changed : terms(trialBook) },
    ),
    ...powerOf(book, places, overrides),
    toxicity: toxicityOf(study, changed, places),
    missing: [...study.missing],
  };
  const verdict: Judgement['verdict'] = !losses
    ? 'unknown'
    : losses.after.expectedShortfallUsd <= losses.toleranceUsd
      ? 'within'
      : 'exceeds';
  const changes = overrides.map((override) => overrideText(book, override));
  return {
    verdict,
    words: judgementWords({ ...found, verdict, changes, behaviour }),
    changes,
    ...found,
    bookHash: book.hash,
    ...(swept && { planHash: hashOfPlan(swept.plan) }),
    inputsHash: contentHash({ study: hashOfInputs(study), overrides }),
  };
}

/** The parameter of each change, in their order; undefined of what is none: an oracle, a depth. */
function placesOf(book: Book, overrides: readonly TermsOverride[]): (ParameterPlace | undefined)[] {
  const all = parametersOf(book);
  return overrides.map((override) => {
    if (override.kind !== 'market' && override.kind !== 'venue') return undefined;
    const market = override.kind === 'market' ? override.market : '';
    return all.find(
      ({ parameter }) =>
        parameter.venue === override.venue &&
        parameter.market === market &&
        parameter.kind === override.field,
    );
  });
}

interface JudgeOf {
  readonly study: Study;
  readonly swept: Swept;
  readonly overrides: readonly TermsOverride[];
  readonly places: readonly (ParameterPlace | undefined)[];
  readonly behaviour: Behaviour;
}

function judgedLosses({ study, swept, overrides, places, behaviour }: JudgeOf) {
  const { asked, trialBook } = study;
  const filled = filledOf(study, overrides, places);
  const { place, trialOf, counted } = countedOf(study, swept, places);
  const under = (owners: Behaviour): Tried => {
    const book = changedContent(trialBook, { overrides, behaviour: owners, filled });
    const isLeft = owners === 'keep-debt' && places.some((one) => one && isLine(one));
    return isLeft ? leftToLiquidators(book, swept.plan.policies) : { book };
  };
  const all = swept.scenarios.keys();
  const of = (tried: Tried) => lossesOf(counted(trialOf(tried).run(all)), swept, asked.confidence);
  const present = counted(trialOf({ book: trialBook }, swept.table.figure('lossUsd')));
  const owned = changedContent(trialBook, { overrides, behaviour, filled });
  return {
    toleranceUsd: toleranceUsd(asked, place ? debtOn(owned, place) : 0),
    before: lossesOf(present, swept, asked.confidence),
    after: of(under(behaviour)),
    ...(behaviour === 'keep-health' && { afterIfNobodyActs: of(under('keep-debt')) }),
  };
}

/** How losses are counted: of all venues, or, where the tolerance is of one market or venue, of that of the changes. */
function countedOf(study: Study, swept: Swept, places: JudgeOf['places']) {
  const { tolerance } = study.asked;
  const [place] = places;
  const { scenarios } = swept;
  if (lossesCounted(tolerance) === 'all-venues' && tolerance.most.kind === 'usd')
    return {
      place,
      trialOf({ book, atOnce }: Tried, ready?: Float64Array) {
        const before = atOnce?.lossUsd ?? 0;
        const measured = ({ lossUsd }: Outcome) => before + lossUsd;
        return new Trial(book, { scenarios, measured, ready: ready && allReady(ready) });
      },
      counted: (trial: Trial): RunLosses => trial,
    };
  const isOne = places.every(
    (one) => one && one.venueRow === place?.venueRow && one.marketRow === place.marketRow,
  );
  if (!place || !isOne)
    throw new BadDataError(
      'this tolerance is one of a single market or venue, and the changes are of several, or of none: tolerate an amount of USD of all venues, or change one market',
    );
  const measured = measuredAt(study, swept, place);
  return {
    place,
    trialOf: (tried: Tried, ready?: Float64Array) => (ready ? measured.present() : measured.trial(tried)),
    counted: (trial: Trial): RunLosses => measured.losses(trial),
  };
}

/** Markets whose cap changes, filled from what is supplied to or borrowed from them now. */
function filledOf(study: Study, overrides: readonly TermsOverride[], places: JudgeOf['places']): Filled[] {
  return places.flatMap((place, at) => {
    const kind = place?.parameter.kind;
    const override = overrides[at]!;
    if (place?.marketRow === undefined || override.kind !== 'market') return [];
    if (kind !== 'supplyCap' && kind !== 'borrowCap') return [];
    const { units } = suppliedUnits(study, place);
    if (!(units > 0)) return [];
    const side = kind === 'supplyCap' ? 'supplied' : 'borrowed';
    return [{ marketRow: place.marketRow, side, times: override.value / units }];
  });
}

function powerOf(
  book: Book,
  [place, ...others]: JudgeOf['places'],
  [override]: readonly TermsOverride[],
): Pick<Judgement, 'borrowingPower'> {
  if (!place || others.length > 0 || place.current === undefined) return {};
  if (override?.kind !== 'market' && override?.kind !== 'venue') return {};
  const [beforeUsd, afterUsd] = [place.current, override.value].map((value) =>
    borrowingPowerOf(book, place, value),
  );
  if (beforeUsd === undefined || afterUsd === undefined) return {};
  return { borrowingPower: { beforeUsd, afterUsd, costUsd: beforeUsd - afterUsd } };
}

function toxicityOf(study: Study, changed: Book, places: JudgeOf['places']): JudgedToxicity[] {
  const terms = marketTerms(changed);
  const markets = new Map<number, ParameterPlace>();
  for (const place of places) {
    const kind = place?.parameter.kind;
    if (place?.marketRow !== undefined && (kind === 'liquidationThreshold' || kind === 'liquidationBonus'))
      markets.set(place.marketRow, place);
  }
  return [...markets].flatMap(([row, place]) => {
    const largest = largestOn(study.book, place);
    const termOf = (field: string) => terms[row]!.terms.find((one) => one.field === field)?.value;
    const threshold = termOf('liquidationThreshold');
    if (!largest || threshold === undefined) return [];
    const { lineAt, why } = hardBoundOf(study, place, largest);
    const bonus = bonusWith(study.book, place, { threshold, bonus: termOf('liquidationBonus') ?? 0 });
    const line = lineAt(bonus).threshold;
    return [
      {
        venue: place.parameter.venue,
        label: place.label,
        threshold,
        bonus,
        line,
        isToxic: threshold > line + 1e-12,
        ...(why !== undefined && { why }),
      },
    ];
  });
}
