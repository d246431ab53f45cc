import { contentHash, planHash, type Plan } from '@undertow/sweep';
import type { Study } from './study.ts';

const ofPlans = new WeakMap<Plan, string>();
const ofInputs = new WeakMap<Study, string>();

/** SHA-256 of a plan, found once: a plan may have a million numbers, and every advice names it. */
export const hashOfPlan = (plan: Plan): string => once(ofPlans, plan, () => planHash(plan));

/** SHA-256 of all that a study is made of: book, what was asked with plan and given inputs, and the moment. */
export const hashOfInputs = (study: Study): string =>
  once(ofInputs, study, () => contentHash({ book: study.book.hash, asked: study.asked, time: study.time }));

function once<Key extends object>(known: WeakMap<Key, string>, key: Key, hash: () => string): string {
  const found = known.get(key) ?? hash();
  known.set(key, found);
  return found;
}
