import { answerOf, type Asked } from './asked.ts';
import type { Loaded } from './loaded.ts';
import type { State } from './state.ts';

/**
 * The state in which a refusal of several sections with the same words, such as of a block that is not stored, is among
 * `refusals`, for the banner at the top, and the sections say where to look.
 */
export function toldOnce(state: State, asked: readonly Asked<unknown>[]): State {
  const refused = asked.flatMap((one) => {
    const { problem } = answerOf(state, one);
    return problem?.kind === 'refused' && one.isToldBeside !== true ? [problem.message] : [];
  });
  const refusals = [...new Set(refused.filter((message, i) => refused.indexOf(message) !== i))];
  if (refusals.length === 0) return state;
  const answers = { ...state.answers };
  for (const one of asked) {
    const loaded = answerOf(state, one);
    if (refusals.includes(loaded.problem?.message ?? ''))
      answers[one.key] = elsewhere(loaded, 'see the top of the page');
  }
  return { ...state, refusals, answers };
}

/** An answer whose problem is told in another place. */
export function elsewhere<Value>(loaded: Loaded<Value>, where: string): Loaded<Value> {
  return loaded.problem ? { ...loaded, problem: { kind: 'told', message: where } } : loaded;
}
