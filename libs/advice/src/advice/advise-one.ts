import type { ParameterPlace } from '../parameters/parameters-of.ts';
import { hardBoundOf, largestOn, type HardBound, type LargestAccount } from '../search/hard-bound.ts';
import { valuesOf, type Values } from '../search/ladder.ts';
import { isOrdered, searched, type Found } from '../search/found.ts';
import { measuredAt } from '../search/measured.ts';
import { lossesCounted } from '../study/asked.ts';
import type { Study, Swept } from '../study/study.ts';
import { bonusesNeeded, suppliedUnits } from '../evidence/cross-checks.ts';
import type { Advice, AdviceMissing } from './advice.ts';
import { assembled } from './assemble.ts';
import { fundAdvised } from './fund-size.ts';
import type { PathAsked } from './path-of-advice.ts';
import { noAdvice } from './no-advice.ts';

/**
 * The advice on one parameter: a pure function of the study and the place, so that any number of threads can each take some.
 *
 * Where the venue has no such parameter, or something is missing without which there is no number, the advice says so and has none.
 *
 * @param path the limits of the steward and the moment of the first step; without them there is no path.
 * @throws BadDataError where the engine refuses a scenario.
 */
export function adviseOne(study: Study, place: ParameterPlace, path?: PathAsked): Advice {
  const { swept } = study;
  if (place.absent !== undefined)
    return noAdvice(study, place, {
      verdict: 'not-a-parameter',
      words: [`There is no such parameter: ${place.absent}.`],
    });
  if (!swept)
    return noAdvice(study, place, {
      verdict: 'unknown',
      words: study.missing.map(({ why }) => `No value can be advised: ${why}.`),
    });
  if (place.parameter.kind === 'fundSize') return fundAdvised({ study, swept, place }, path);
  return searchedFor({ study, swept, place }, path);
}

interface AdviseOf {
  readonly study: Study;
  readonly swept: Swept;
  readonly place: ParameterPlace;
}

function searchedFor({ study, swept, place }: AdviseOf, path: PathAsked | undefined): Advice {
  const { kind } = place.parameter;
  const largest =
    place.marketRow === undefined || kind === 'borrowCap' ? undefined : largestOn(study.book, place);
  const lacking = cannotSearch(place, largest);
  if (lacking !== undefined)
    return noAdvice(study, place, { verdict: 'unknown', words: [`No value can be advised: ${lacking}.`] });
  const bound = largest && hardBoundOf(study, place, largest);
  const isCap = kind === 'supplyCap' || kind === 'borrowCap';
  const usedUnits = isCap ? suppliedUnits(study, place).units : undefined;
  const values = valuesOf({
    study,
    place,
    bound,
    usedUnits,
    leastBonus: leastBonusOf(study, place, largest),
  });
  const measured = measuredAt(study, swept, place);
  const context = { study, swept, place, measured, largest, bound, usedUnits };
  if (values.values.length === 0) return assembled(context, nothingAllowed(values), path);
  const found = searched({ study, place, measured, values, usedUnits });
  const instead =
    found.value === undefined ? ofItsOwn({ study, swept, place }, { values, usedUnits }) : undefined;
  return assembled({ ...context, missing: boundMissing(bound), instead }, found, path);
}

/**
 * Where what is lost at all venues exceeds a tolerance in USD whatever is set: the search for the same tolerance of what the market's own
 * accounts add. Undefined of other questions, and of parameters whose values have no order.
 */
function ofItsOwn(
  { study, swept, place }: AdviseOf,
  { values, usedUnits }: { readonly values: Values; readonly usedUnits: number | undefined },
): Found | undefined {
  const { asked } = study;
  if (lossesCounted(asked.tolerance) !== 'all-venues' || !isOrdered(place)) return undefined;
  if (asked.tolerance.most.kind !== 'usd') return undefined;
  const own: Study = { ...study, asked: { ...asked, tolerance: { ...asked.tolerance, of: 'added' } } };
  return searched({ study: own, place, values, usedUnits, measured: measuredAt(own, swept, place) });
}

/** What keeps a parameter from being searched for; undefined where nothing does. */
function cannotSearch({ parameter: { kind }, current }: ParameterPlace, largest: LargestAccount | undefined) {
  const isCap = kind === 'supplyCap' || kind === 'borrowCap';
  if (!isCap && current === undefined)
    return 'it is not the same for all accounts of the book, so that there is no present value to change';
  const needsAccount =
    kind === 'liquidationThreshold' ||
    kind === 'loanToValue' ||
    kind === 'liquidationBonus' ||
    kind === 'supplyCap';
  return needsAccount && !largest
    ? 'nobody of the book owes anything against it, so that nothing can be lost'
    : undefined;
}

/** Of a bonus, the least at which a call on the largest account and one of a hundredth of it pay; a call that no bonus pays binds none. */
function leastBonusOf(
  study: Study,
  place: ParameterPlace,
  largest: LargestAccount | undefined,
): number | undefined {
  if (place.parameter.kind !== 'liquidationBonus') return undefined;
  return bonusesNeeded({ study, place, largest }).reduce((most, { needed = 0 }) => Math.max(most, needed), 0);
}

const nothingAllowed = ({ endsBy }: Values): Found => ({
  value: undefined,
  boundBy: endsBy,
  trial: undefined,
  triedValue: undefined,
  tried: [],
  isMonotone: true,
});

const boundMissing = (bound: HardBound | undefined): AdviceMissing[] =>
  bound?.why === undefined
    ? []
    : [
        {
          name: 'slippage',
          why: bound.why,
          follows: 'the toxicity line is that of the contract, without slippage',
        },
      ];
