import { blockOf, type Asked } from '../../frame/asked.ts';
import { loadHolders, type Holders } from './load.ts';

/** In whose hands the asset in the path is, and what its markets can absorb, at the block of the screen. */
export const holders: Asked<Holders> = {
  key: 'holders',
  followsBlock: true,
  forgets: true,
  // Of an asset that is unknown the section of the asset says which there are.
  isToldBeside: true,
  about: ({ at }) => at.parts['symbol'] ?? '',
  load: (state, signal) => loadHolders(state.at.parts['symbol'] ?? '', blockOf(state), signal),
};
