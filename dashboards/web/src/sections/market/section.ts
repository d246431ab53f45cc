import type { Section } from '../../frame/page.ts';
import { exposures } from '../exposure/asked.ts';
import { markets } from '../markets/asked.ts';
import { termsActions } from '../terms/actions.ts';
import { venues } from '../venues/asked.ts';
import { marketPanel, placeTermsPanel } from './panel.ts';

/** The market in the path. */
export const marketSection: Section = { key: 'market', asks: [markets], view: marketPanel };

/** The terms of the market or the venue in the path. */
export const placeTermsSection: Section = {
  key: 'placeTerms',
  asks: [markets, venues, exposures],
  view: placeTermsPanel,
  actions: termsActions,
};
