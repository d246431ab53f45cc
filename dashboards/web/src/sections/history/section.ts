import type { Section } from '../../frame/page.ts';
import { history } from './asked.ts';
import { historyPanel } from './panel.ts';

/** What was measured over time. */
export const historySection: Section = {
  key: 'history',
  asks: [history],
  view: historyPanel,
};
