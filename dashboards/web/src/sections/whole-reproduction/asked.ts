import { blockOf, type Asked } from '../../frame/asked.ts';
import { loadWholeReproduction, type WholeReproduction } from './load.ts';

/** How strongly liquidation feeds itself in the whole book along a fall, at the block of the screen. */
export const wholeReproduction: Asked<WholeReproduction> = {
  key: 'wholeReproduction',
  followsBlock: true,
  load: (state, signal) => loadWholeReproduction(blockOf(state), signal),
};
