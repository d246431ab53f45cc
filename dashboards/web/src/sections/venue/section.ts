import type { Section } from '../../frame/page.ts';
import { exposures } from '../exposure/asked.ts';
import { venues } from '../venues/asked.ts';
import { venueExposurePanel } from './exposure.ts';
import { venuePanel } from './panel.ts';

/** The venue in the path. */
export const venueSection: Section = { key: 'venue', asks: [venues], view: venuePanel };

/** What its accounts hold and owe. */
export const venueExposureSection: Section = {
  key: 'venueExposure',
  asks: [exposures],
  view: venueExposurePanel,
};
