import type { Section } from '../../frame/page.ts';
import { markets } from '../markets/asked.ts';
import { venues } from '../venues/asked.ts';
import { formActions } from './actions.ts';
import { formPanel } from './panel.ts';

/** What is asked of advices, and the button that computes them. */
export const formSection: Section = {
  key: 'advice-form',
  asks: [venues, markets],
  view: formPanel,
  actions: formActions,
};
