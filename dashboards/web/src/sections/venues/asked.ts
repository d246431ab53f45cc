import { blockOf, type Asked } from '../../frame/asked.ts';
import { loadVenues, type Venue } from './load.ts';

/** The watched venues, at the block of the screen. */
export const venues: Asked<readonly Venue[]> = {
  key: 'venues',
  followsBlock: true,
  load: (state, signal) => loadVenues(blockOf(state), signal),
};
