import { status } from '../sections/status/asked.ts';
import { answerOf } from './asked.ts';
import type { State } from './state.ts';

/** The newest head: what was heard while news arrive, what was asked or heard later otherwise. */
export function newestHead(state: Pick<State, 'connection' | 'head' | 'heardAt' | 'answers'>): State['head'] {
  const { connection, head, heardAt } = state;
  const { value, at = 0 } = answerOf(state, status);
  const asked = value?.head ? { ...value.head, reorg: false } : undefined;
  if (!head || !asked) return head ?? asked;
  return connection === 'live' || heardAt >= at ? head : asked;
}

/** Whether there is no head to stand at: nothing is stored, or nobody says what is. */
export function hasNoHead(state: Pick<State, 'answers'>): boolean {
  const { value, problem } = answerOf(state, status);
  return problem !== undefined || value?.head === null;
}

/** The screen at a pinned block, or at the newest. */
export function pinnedAt(state: State, pinned: number | undefined): Pick<State, 'pinned' | 'screen'> {
  if (pinned !== undefined || state.pinned === undefined) return { pinned, screen: state.screen };
  const head = newestHead(state);
  return { pinned, screen: head && { block: head.block, hash: head.hash } };
}
