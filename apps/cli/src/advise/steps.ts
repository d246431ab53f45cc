import type { Advice } from '@undertow/advice';

/** One value that is to be set, and when; undefined = at once, as no limits were given. */
export interface AdvisedStep {
  readonly advice: Advice;
  readonly value: number;
  readonly time: number | undefined;
}

/** The steps of all advised changes, the earliest first; without paths each change is one step. */
export function stepsOf(advices: readonly Advice[]): AdvisedStep[] {
  return advices
    .filter(({ verdict }) => verdict === 'raise' || verdict === 'lower')
    .flatMap((advice): AdvisedStep[] =>
      advice.path
        ? advice.path.steps.map(({ time, value }) => ({ advice, value, time }))
        : [{ advice, value: advice.advised!.value, time: undefined }],
    )
    .sort((a, b) => (a.time ?? 0) - (b.time ?? 0));
}
