import type { Section } from '../../frame/page.ts';
import { oneAdvice } from '../advice-one/asked.ts';
import { frontier } from './asked.ts';
import { frontierPanel } from './panel.ts';

/** Where liquidations of the chosen market turn toxic. */
export const frontierSection: Section = {
  key: 'toxicityFrontier',
  asks: [oneAdvice, frontier],
  view: frontierPanel,
};
