import { blockOf, type Asked } from '../../frame/asked.ts';
import { loadOracles, type Oracles } from './load.ts';

/** Which prices can be trusted, at the block of the screen. */
export const oracles: Asked<Oracles> = {
  key: 'oracles',
  followsBlock: true,
  load: (state, signal) => loadOracles(blockOf(state), signal),
};
