import type { Asked } from '../../frame/asked.ts';
import { lookedUp } from '../account/asked.ts';
import { loadMargins, type Margins } from './load.ts';

/**
 * The margins of the address in the path. They take thousands of scenarios and change slowly, so that they are not asked with every
 * block: at the pinned one, else at the newest every few minutes. Their line says which.
 */
export const margins: Asked<Margins> = {
  ...{ key: 'margins', followsBlock: false, everySeconds: 300, forgets: true },
  isAsked: (state) => lookedUp(state) !== undefined,
  about: (state) => JSON.stringify([lookedUp(state), state.pinned]),
  load: (state, signal) => loadMargins({ owner: lookedUp(state) ?? '', block: state.pinned }, signal),
};
