import type { ParameterPlace } from '../parameters/parameters-of.ts';
import { bindingOf } from '../evidence/binding.ts';
import { crossChecksOf } from '../evidence/cross-checks.ts';
import { inputsOf } from '../evidence/inputs.ts';
import { lossesOf } from '../evidence/losses.ts';
import { madeDueNow } from '../evidence/made-due.ts';
import { borrowingPowerOf, candidateOf, isLine, withValue } from '../search/candidate.ts';
import { bonusWith } from '../search/hard-bound.ts';
import { termOf } from '../search/ladder.ts';
import { maintenanceTiers } from '../search/maintenance-tiers.ts';
import type { Found } from '../search/found.ts';
import type { Advice, AdviceEvidence, Verdict } from './advice.ts';
import { adviceValue } from './advice-value.ts';
import type { Assembly } from './assembly.ts';
import { adviceHead, signedOff } from './no-advice.ts';
import { pathOf, type PathAsked } from './path-of-advice.ts';
import { wordsOf } from './words.ts';

/** The advice that a search comes to, with its evidence. */
export function assembled(of: Assembly, found: Found, path: PathAsked | undefined): Advice {
  const { study, place } = of;
  const { kind } = place.parameter;
  const verdict = verdictOf(place, found.value);
  const evidence = evidenceOf(of, found);
  const { inputs, missing } = inputsOf(study, place, of.largest);
  const checks = crossChecksOf({ ...of, value: found.value ?? place.current });
  const toxicity = toxicityOf(of);
  const steps =
    found.value === undefined || verdict === 'keep' ? undefined : pathOf(place, found.value, path);
  const tiers = kind === 'maintenanceMargin' ? maintenanceTiers(study, place) : undefined;
  return signedOff({
    ...adviceHead(study, place),
    verdict,
    words: wordsOf({ ...of, found, verdict, evidence, path: steps }),
    ...(found.value !== undefined && { advised: adviceValue(kind, found.value) }),
    boundBy: found.boundBy,
    ...(toxicity && { toxicity }),
    ...(tiers && tiers.tiers.length > 0 && { tiers: tiers.tiers }),
    evidence,
    checks,
    inputs: [...inputs],
    missing: [...study.missing, ...(of.missing ?? []), ...missing, ...(tiers?.missing ?? [])],
    ...(steps && { path: steps }),
  });
}

/** A difference below a tenth of a basis point, or of a unit in a million, is none. */
const isSame = (a: number, b: number) =>
  Math.abs(a - b) <= 1e-5 * Math.min(1, Math.max(Math.abs(a), Math.abs(b)));

function verdictOf({ current }: ParameterPlace, value: number | undefined): Verdict {
  if (value === undefined) return 'out-of-reach';
  if (current !== undefined && isSame(current, value)) return 'keep';
  // Where there is no cap, any is lower.
  return current === undefined || value < current ? 'lower' : 'raise';
}

const isPair = ({ study, place }: Assembly) =>
  study.book.venues[place.venueRow]!.mechanism === 'isolated-pair';

function toxicityOf(of: Assembly): Advice['toxicity'] {
  const { study, place, bound } = of;
  const { kind } = place.parameter;
  if (!bound || (kind !== 'liquidationThreshold' && kind !== 'liquidationBonus')) return undefined;
  const bonus = termOf({ study, place }, 'liquidationBonus') ?? 0;
  const lineAt = (threshold: number) => bound.lineAt(bonusWith(study.book, place, { threshold, bonus }));
  // Of a pair the bonus, and with it the line, moves with the threshold: what is shown is the last threshold below its own line.
  let { threshold, by } = lineAt(place.current ?? 0);
  for (let bps = 10_000; isPair(of) && bps > 0; bps--) {
    if (bps / 1e4 > lineAt(bps / 1e4).threshold) continue;
    [threshold, by] = [bps / 1e4, lineAt(bps / 1e4).by];
    break;
  }
  return {
    line: threshold,
    by,
    slippage: bound.slippage.whole - 1,
    sizeUsd: bound.sizeUsd,
    lagFall: bound.lagFall,
  };
}

function evidenceOf(of: Assembly, { value, trial, tried, isMonotone }: Found): AdviceEvidence {
  const { study, swept, place, measured } = of;
  const { asked, trialBook, book } = study;
  const present = measured.losses(measured.present());
  const before = lossesOf(present, swept, asked.confidence);
  const shared = { before, tried: [...tried], isMonotone, ...powerOf(of, value) };
  const isKept = value === undefined || (place.current !== undefined && isSame(place.current, value));
  if (isKept || !trial) return { ...shared, binding: bindingOf(present.lossUsd, swept, trialBook) };
  const losses = measured.losses(trial);
  return {
    ...shared,
    after: lossesOf(losses, swept, asked.confidence),
    ...ifNobodyActs(of, value),
    ...dueBy(of, value),
    binding: bindingOf(losses.lossUsd, swept, book),
  };
}

/** The losses of the tail if no owner paid back under the advised value, and liquidators dealt at once with whom it makes due. */
function ifNobodyActs(
  { study, swept, place, measured, usedUnits }: Assembly,
  value: number,
): Pick<AdviceEvidence, 'afterIfNobodyActs'> {
  const { asked, trialBook } = study;
  if (!isLine(place) || asked.behaviour === 'keep-debt') return {};
  const { policies } = swept.plan;
  const left = candidateOf({ book: trialBook, place, behaviour: 'keep-debt', usedUnits, policies }, value);
  const trial = measured.trial(left).run(measured.tail);
  return { afterIfNobodyActs: lossesOf(measured.losses(trial), swept, asked.confidence) };
}

function dueBy({ study, place }: Assembly, value: number): Pick<AdviceEvidence, 'madeDue'> {
  if (!isLine(place)) return {};
  const { book, trialBook } = study;
  return {
    madeDue: madeDueNow(
      { book, changed: withValue(book, place, value) },
      { book: trialBook, changed: withValue(trialBook, place, value) },
    ),
  };
}

function powerOf(
  { study, place, usedUnits }: Assembly,
  value: number | undefined,
): Pick<AdviceEvidence, 'borrowingPower'> {
  const beforeUsd = borrowingPowerOf(study.book, place, place.current ?? usedUnits ?? 0);
  if (beforeUsd === undefined) return {};
  const afterUsd = value === undefined ? undefined : borrowingPowerOf(study.book, place, value);
  return {
    borrowingPower: {
      beforeUsd,
      ...(afterUsd !== undefined && { afterUsd, costUsd: beforeUsd - afterUsd }),
    },
  };
}
