import type { Section } from '../../frame/page.ts';
import { incidents } from './asked.ts';
import { incidentsPanel } from './panel.ts';

/** What an operator must know of. */
export const incidentsSection: Section = {
  key: 'incidents',
  asks: [incidents],
  view: incidentsPanel,
};
