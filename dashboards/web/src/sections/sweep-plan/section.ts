import type { Section } from '../../frame/page.ts';
import { planActions } from './actions.ts';
import { planPanel } from './panel.ts';

/** Which scenarios to run. */
export const planSection: Section = {
  key: 'sweep-plan',
  asks: [],
  view: planPanel,
  actions: planActions,
};
