import type { Section } from '../../frame/page.ts';
import { sweep } from '../sweep-run/asked.ts';
import { stressByVenue } from './asked.ts';
import { byVenuePanel } from './panel.ts';

/** Which move, the least unlikely, loses so much at each venue. */
export const byVenueSection: Section = {
  key: 'stressByVenue',
  asks: [sweep, stressByVenue],
  view: byVenuePanel,
};
