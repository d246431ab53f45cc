import type { Asked } from '../../frame/asked.ts';
import { loadIncidents, type Incident } from './load.ts';

/** What an operator must know of: live. */
export const incidents: Asked<readonly Incident[]> = {
  key: 'incidents',
  followsBlock: false,
  load: (_state, signal) => loadIncidents(signal),
};
