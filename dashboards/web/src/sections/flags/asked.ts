import { blockOf, type Asked } from '../../frame/asked.ts';
import { loadFlags, type Flags } from './load.ts';

/** Times in which prices were not to be trusted, as they stood at the block of the screen. */
export const flags: Asked<Flags> = {
  key: 'flags',
  followsBlock: true,
  load: (state, signal) => loadFlags(blockOf(state), signal),
};
