import { blockOf, type Asked } from '../../frame/asked.ts';
import { loadCapUpdate, type CapUpdate } from './load.ts';

/** The update of a cap that somebody asks about, at the block of the screen; nothing while nobody does. */
export const capUpdate: Asked<CapUpdate> = {
  key: 'capUpdate',
  followsBlock: true,
  forgets: true,
  isAsked: (state) => state.capUpdate !== undefined,
  about: (state) => JSON.stringify(state.capUpdate),
  load: (state, signal) => {
    if (state.capUpdate === undefined)
      throw new Error('bug: an update of a cap is loaded that nobody asks about');
    return loadCapUpdate(state.capUpdate, blockOf(state), signal);
  },
};
