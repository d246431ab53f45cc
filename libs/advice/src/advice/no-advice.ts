import { contentHash } from '@undertow/sweep';
import type { ParameterPlace } from '../parameters/parameters-of.ts';
import { lossesCounted } from '../study/asked.ts';
import { hashOfInputs, hashOfPlan } from '../study/hashes.ts';
import type { Study } from '../study/study.ts';
import { ADVICE_VERSION, type Advice, type Verdict } from './advice.ts';
import { adviceValue } from './advice-value.ts';

/** What all advices of a study say of it and of the place. */
export function adviceHead(study: Study, { parameter, label, current }: ParameterPlace) {
  const { asked, book, swept } = study;
  const { most } = asked.tolerance;
  return {
    version: ADVICE_VERSION,
    parameter: { kind: parameter.kind, venue: parameter.venue, market: parameter.market, label },
    ...(current !== undefined && { current: adviceValue(parameter.kind, current) }),
    asked: {
      confidence: asked.confidence,
      ...(most.kind === 'usd' ? { toleranceUsd: most.usd } : { toleranceShare: most.share }),
      lossesOf: lossesCounted(asked.tolerance),
      behaviour: asked.behaviour ?? 'keep-health',
    },
    bookHash: book.hash,
    ...(swept && { planHash: hashOfPlan(swept.plan) }),
    inputsHash: hashOfInputs(study),
  } as const;
}

/** An advice with its own hash. */
export const signedOff = (advice: Omit<Advice, 'adviceHash'>): Advice => ({
  ...advice,
  adviceHash: contentHash(advice),
});

/** An advice that has no value, and says why. */
export function noAdvice(
  study: Study,
  place: ParameterPlace,
  { verdict, words }: { readonly verdict: Verdict; readonly words: readonly string[] },
): Advice {
  return signedOff({
    ...adviceHead(study, place),
    verdict,
    words: [...words],
    checks: [],
    inputs: [],
    missing: verdict === 'not-a-parameter' ? [] : [...study.missing],
  });
}
