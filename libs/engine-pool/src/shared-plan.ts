import { countOf, planHash, type Plan } from '@undertow/sweep';

/** A plan as text that all threads read: it may have a million numbers. */
export interface SharedPlan {
  readonly hash: string;
  readonly count: number;
  readonly text: SharedArrayBuffer;
}

export function sharedPlan(plan: Plan): SharedPlan {
  const written = Buffer.from(JSON.stringify(plan));
  const text = new SharedArrayBuffer(written.length);
  new Uint8Array(text).set(written);
  return { hash: planHash(plan), count: countOf(plan), text };
}

/** The plan that was shared. */
export const planOf = ({ text }: SharedPlan): Plan => JSON.parse(new TextDecoder().decode(text)) as Plan;
