import type { Section } from '../../frame/page.ts';
import { wholeReproduction } from './asked.ts';
import { wholeReproductionPanel } from './panel.ts';

/** How strongly a fall of everything feeds itself. */
export const wholeReproductionSection: Section = {
  key: 'wholeReproduction',
  asks: [wholeReproduction],
  view: wholeReproductionPanel,
};
