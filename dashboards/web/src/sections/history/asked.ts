import type { Asked } from '../../frame/asked.ts';
import { loadHistory, type MeasureLine } from './load.ts';

/** What was measured over time. The book is measured every few minutes, however often heads come. */
export const history: Asked<readonly MeasureLine[]> = {
  key: 'history',
  followsBlock: false,
  everySeconds: 60,
  load: (_state, signal) => loadHistory(signal),
};
