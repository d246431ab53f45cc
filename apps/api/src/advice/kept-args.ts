import type { Asked } from '@undertow/advice';
import type { AdviceArgs } from './advice-question.ts';

/** A plan with more letters is not kept: the advices are, what moved the next ones is then not told. */
const MOST_LETTERS = 200_000;

/** What was asked as it is kept: for readers without its scenarios, and as it came, from which the same question can be made again. */
export function keptArgs({ plan: _, given: __, ...asked }: Asked, args: AdviceArgs): string {
  const whole = JSON.stringify({ ...asked, args });
  return whole.length <= MOST_LETTERS ? whole : JSON.stringify(asked);
}

/** As `keptArgs` kept them; undefined where they were too long, or are of an older Undertow. */
export const argsKept = (asked: string): AdviceArgs | undefined =>
  (JSON.parse(asked) as { readonly args?: AdviceArgs }).args;
