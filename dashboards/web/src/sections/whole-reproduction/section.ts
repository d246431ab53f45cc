import type { Section } from '../../frame/page.ts';
import { sweep } from '../sweep-run/asked.ts';
import { wholeReproduction } from './asked.ts';
import { wholeReproductionPanel } from './panel.ts';

/** How strongly a fall of everything feeds itself. */
export const wholeReproductionSection: Section = {
  key: 'wholeReproduction',
  asks: [sweep, wholeReproduction],
  view: wholeReproductionPanel,
};
