import type { StartAdviceVariables } from './load.ts';
import { planOfTexts, textsOf, DEFAULT_PLAN, type NotTaken } from '../sweep-plan/choice.ts';
import { readDuration } from '../sweep-plan/duration.ts';
import { planOf } from '../sweep-plan/plan.ts';
import { PARAMETER_KINDS, type AdviceTexts } from './choice.ts';

/** What is asked of an advice, but for where. */
type Asked = Omit<StartAdviceVariables, 'venue' | 'market' | 'parameters' | 'block'>;

const MOST_DRAWS = 10_000;
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
  const plan = drawnPlan(texts, count);
  if (plan !== null && 'why' in plan) return plan;
  return { ...tolerance, confidence, horizonSeconds, count, plan };
}

/** All that the form's texts ask, of the places that it names. */
export function questionOf(texts: AdviceTexts): Omit<StartAdviceVariables, 'block'> | NotTaken {
  const asked = askedByTexts(texts);
  if ('why' in asked) return asked;
  const named = texts.parameter.trim();
  const parameter = PARAMETER_KINDS.find((one) => one === named);
  if (named !== '' && parameter === undefined)
    return { why: `there is no parameter “${named}”, only ${PARAMETER_KINDS.join(', ')}.` };
  return {
    ...asked,
    venue: texts.at.trim() || null,
    market: texts.on.trim() || null,
    parameters: parameter === undefined ? null : [parameter],
  };
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
