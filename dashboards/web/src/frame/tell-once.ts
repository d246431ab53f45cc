import { AT_BLOCK, type Loaded } from './loaded.ts';
import type { State } from './state.ts';

/** What the API refused to several parts of the page with the same words, such as a block that is not stored. */
export function sharedRefusals(state: State): string[] {
  // A change of terms that cannot be is refused to two, and told under “What is lost”.
  const refused = AT_BLOCK.filter((name) => name !== 'whatIf').flatMap((name) => {
    const { problem } = state[name];
    return problem?.kind === 'refused' ? [problem.message] : [];
  });
  return [...new Set(refused.filter((message, i) => refused.indexOf(message) !== i))];
}

/** The state in which a refusal of several parts is told by the banner alone: the parts say where to look. */
export function toldOnce(state: State): State {
  const shared = new Set(sharedRefusals(state));
  if (shared.size === 0) return state;
  const changed = AT_BLOCK.filter((name) => shared.has(state[name].problem?.message ?? '')).map((name) => [
    name,
    elsewhere<unknown>(state[name], 'see the top of the page'),
  ]);
  return { ...state, ...Object.fromEntries(changed) };
}

/** An answer whose problem is told in another place. */
export function elsewhere<Value>(loaded: Loaded<Value>, where: string): Loaded<Value> {
  return loaded.problem ? { ...loaded, problem: { kind: 'told', message: where } } : loaded;
}
