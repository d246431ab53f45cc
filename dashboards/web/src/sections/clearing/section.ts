import type { Section } from '../../frame/page.ts';
import { markets } from '../markets/asked.ts';
import { venues } from '../venues/asked.ts';
import { clearing } from './asked.ts';
import { clearingPanel } from './panel.ts';

/** Whether the funds of all venues would bear the two worst owners. */
export const clearingSection: Section = {
  key: 'clearing',
  asks: [venues, markets, clearing],
  view: clearingPanel,
};
