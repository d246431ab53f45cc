import { blockOf, type Asked } from '../../frame/asked.ts';
import { loadNearLine, type NearLine } from './load.ts';

/** Who is near the line, at the block of the screen. */
export const nearLine: Asked<NearLine> = {
  key: 'nearLine',
  followsBlock: true,
  load: (state, signal) => loadNearLine(blockOf(state), signal),
};
