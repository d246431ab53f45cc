import { blockOf, type Asked } from '../../frame/asked.ts';
import { loadReproduction, type Reproduction } from './load.ts';

/** Where a fall would feed itself, at the block of the screen. */
export const reproduction: Asked<Reproduction> = {
  key: 'reproduction',
  followsBlock: true,
  load: (state, signal) => loadReproduction(blockOf(state), signal),
};
