import { blockOf, type Asked } from '../../frame/asked.ts';
import type { State } from '../../frame/state.ts';
import { loadFrontier, type Frontier } from './load.ts';

/** Whether the chosen parameter has a place in the plane of threshold and bonus. */
export const hasFrontier = ({ advice: { chosen }, at }: Pick<State, 'advice' | 'at'>): boolean =>
  at.page === 'advice' &&
  chosen !== undefined &&
  chosen.market !== '' &&
  ['liquidationThreshold', 'loanToValue', 'liquidationBonus'].includes(chosen.kind);

/** Where liquidations of the chosen market turn toxic, at the block on screen; null where nobody owes against it. */
export const frontier: Asked<Frontier | null> = {
  ...{ key: 'toxicityFrontier', followsBlock: true, everySeconds: 60, forgets: true },
  isAsked: hasFrontier,
  about: ({ advice: { chosen } }) => JSON.stringify([chosen?.venue, chosen?.market]),
  load(state, signal) {
    const { chosen } = state.advice;
    if (chosen === undefined) throw new Error('bug: a frontier is asked of no market');
    const { venue, market } = chosen;
    return loadFrontier({ venue, market, block: blockOf(state) ?? null }, signal);
  },
};
