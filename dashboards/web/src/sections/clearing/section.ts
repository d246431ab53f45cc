import type { Section } from '../../frame/page.ts';
import { clearing } from './asked.ts';
import { clearingPanel } from './panel.ts';

/** Whether the funds of all venues would bear the two worst owners. */
export const clearingSection: Section = {
  key: 'clearing',
  asks: [clearing],
  view: clearingPanel,
};
