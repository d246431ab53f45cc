import type { Section } from '../../frame/page.ts';
import { sweep } from '../sweep-run/asked.ts';
import { stressActions } from './actions.ts';
import { reverseStress } from './asked.ts';
import { stressPanel } from './panel.ts';

/** Which move, the least unlikely, loses so much. */
export const reverseSection: Section = {
  key: 'reverseStress',
  asks: [sweep, reverseStress],
  view: stressPanel,
  actions: stressActions,
};
