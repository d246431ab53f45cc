import type { Section } from '../../frame/page.ts';
import { venues } from './asked.ts';
import { venuesPanel } from './panel.ts';

/** Every watched venue. */
export const venuesSection: Section = {
  key: 'venues',
  asks: [venues],
  view: venuesPanel,
};
