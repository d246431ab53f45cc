import type { StartAdviceVariables } from './load.ts';
import { planOfTexts, textsOf, DEFAULT_PLAN, type NotTaken } from '../sweep-plan/choice.ts';
import { readDuration } from '../sweep-plan/duration.ts';
import { planOf } from '../sweep-plan/plan.ts';
import { LIMIT_PRESETS, LOSSES, OWNERS, PARAMETER_KINDS, type AdviceTexts } from './choice.ts';
import { ownLimits } from './own-limits.ts';

/** What is asked of an advice, but for where. */
type Asked = Omit<
  StartAdviceVariables,
  'venue' | 'market' | 'parameters' | 'block' | 'limits' | 'backtestDates'
>;

const MOST_DRAWS = 10_000;
const MOST_DATES = 100;
const DAY = 86_400;

/** What the form's texts ask; `why` says what cannot be taken, and what would be right. */
export function askedByTexts(texts: AdviceTexts): Asked | NotTaken {
  const tolerance = toleranceOf(texts.tolerate);
  if ('why' in tolerance) return tolerance;
  const confidence = ratioOf(texts.confidence);
  if (!(confidence > 0 && confidence < 1))
    return { why: 'a confidence is above 0 and below 1, such as 99% or 0.99.' };
  const horizonSeconds = readDuration(texts.over);
  if (!(horizonSeconds > 0 && horizonSeconds <= 30 * DAY && horizonSeconds % 3_600 === 0))
    return { why: 'a horizon is whole hours, at most 30 days, such as 12h or 7d.' };
  const count = Number(texts.draws);
  if (!(Number.isInteger(count) && count >= 1 && count <= MOST_DRAWS))
    return { why: `scenarios are a whole number from 1 to ${MOST_DRAWS.toLocaleString('en-US')}.` };
  const losses = LOSSES.find((one) => one === texts.losses);
  if (losses === undefined)
    return { why: `losses are ${LOSSES.filter(Boolean).join(', ')}, or as fits the tolerance.` };
  const behaviour = OWNERS.find((one) => one === texts.owners);
  if (behaviour === undefined) return { why: `owners ${OWNERS.join(' or ')}.` };
  const plan = drawnPlan(texts, count);
  if (plan !== null && 'why' in plan) return plan;
  return { ...tolerance, confidence, horizonSeconds, count, plan, lossesOf: losses || null, behaviour };
}

/** All that the form's texts ask, of the places that it names. */
export function questionOf(texts: AdviceTexts): Omit<StartAdviceVariables, 'block'> | NotTaken {
  const asked = askedByTexts(texts);
  if ('why' in asked) return asked;
  const named = texts.parameter.trim();
  const parameter = PARAMETER_KINDS.find((one) => one === named);
  if (named !== '' && parameter === undefined)
    return { why: `there is no parameter “${named}”, only ${PARAMETER_KINDS.join(', ')}.` };
  const limits = limitsOf(texts);
  if (limits !== null && typeof limits === 'object' && 'why' in limits) return limits;
  const backtestDates = Number(texts.dates);
  if (!(Number.isInteger(backtestDates) && backtestDates >= 0 && backtestDates <= MOST_DATES))
    return { why: `dates of the past are a whole number from 0 to ${MOST_DATES}.` };
  return {
    ...asked,
    limits,
    backtestDates,
    venue: texts.at.trim() || null,
    market: texts.on.trim() || null,
    parameters: parameter === undefined ? null : [parameter],
  };
}

function limitsOf(texts: AdviceTexts): StartAdviceVariables['limits'] | NotTaken {
  if (texts.limits === '') return null;
  if (texts.limits === 'own') return ownLimits(texts);
  const preset = LIMIT_PRESETS.find((one) => one === texts.limits);
  return (
    preset ?? { why: `there are no limits “${texts.limits}”, only ${LIMIT_PRESETS.join(', ')} and own ones.` }
  );
}

/** A plan by volatilities that somebody gives; null where scenarios are drawn from stored prices. */
function drawnPlan({ volatilities, over }: AdviceTexts, count: number): Asked['plan'] | NotTaken {
  if (volatilities.trim() === '') return null;
  const choice = planOfTexts({
    ...textsOf(DEFAULT_PLAN),
    ...{ plan: 'student-t', move: volatilities, horizon: over, count: String(count) },
  });
  return 'why' in choice ? choice : planOf(choice)!;
}

/** `0.1%` is a share of what is borrowed, `1000` or `$1,000` is USD. */
function toleranceOf(text: string): Pick<Asked, 'toleranceUsd' | 'toleranceShare'> | NotTaken {
  const isShare = text.includes('%');
  const value = isShare ? ratioOf(text) : numberOf(text.replaceAll(/[$,]/g, ''));
  if (!(value >= 0 && Number.isFinite(value)))
    return { why: 'a tolerance is a share of what is borrowed, such as 0.1%, or USD, such as 1000.' };
  return isShare
    ? { toleranceUsd: null, toleranceShare: value }
    : { toleranceUsd: value, toleranceShare: null };
}

function ratioOf(text: string): number {
  const [, digits, sign] = /^\s*([\d.]+)\s*(%?)\s*$/.exec(text) ?? [];
  return numberOf(digits ?? '') / (sign === '%' ? 100 : 1);
}

const numberOf = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));
