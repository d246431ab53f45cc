import { element } from '../../markup/element.ts';
import type { Page } from '../../frame/page.ts';
import { venuePath } from '../../frame/paths.ts';
import { venueName } from '../../format/venue.ts';
import { marketSection, placeTermsSection } from '../../sections/market/section.ts';
import { marketOf } from '../../sections/markets/market-of.ts';
import { venueIdOf } from '../../sections/venues/venue-of.ts';
import { backTo } from '../back-to.ts';

/** One market of a venue, and its terms. */
export const page: Page = {
  title: (state) =>
    `${marketOf(state)?.label ?? state.at.parts['market']} – ${venueName(venueIdOf(state) ?? '')}`,
  lead(state) {
    const id = venueIdOf(state) ?? '';
    return backTo(state, venuePath(id), `All of ${venueName(id)}`);
  },
  sections: [marketSection, placeTermsSection],
  layout: (show) =>
    element('div', { class: 'columns', key: 'both' }, show(marketSection), show(placeTermsSection)),
};
