import type { Section } from '../../frame/page.ts';
import { exposures } from '../exposure/asked.ts';
import { fallHistory, history, venueHistory } from './asked.ts';
import { fallHistoryPanel, historyPanel, venueHistoryPanel } from './panel.ts';

/** What was measured over time. */
export const historySection: Section = { key: 'history', asks: [history], view: historyPanel };

/** The same of the venue in the path. */
export const venueHistorySection: Section = {
  key: 'venueHistory',
  asks: [venueHistory],
  view: venueHistoryPanel,
};

/** What falls of the asset in the path would have cost. */
export const fallHistorySection: Section = {
  key: 'fallHistory',
  asks: [fallHistory, exposures],
  view: fallHistoryPanel,
};
