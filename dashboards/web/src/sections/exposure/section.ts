import type { Section } from '../../frame/page.ts';
import { exposures } from './asked.ts';
import { exposurePanel } from './panel.ts';

/** Venue by asset. */
export const exposureSection: Section = {
  key: 'exposure',
  asks: [exposures],
  view: exposurePanel,
};
