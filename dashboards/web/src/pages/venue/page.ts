import { element } from '../../markup/element.ts';
import type { Page } from '../../frame/page.ts';
import { venueName } from '../../format/venue.ts';
import { accountsSection } from '../../sections/accounts/section.ts';
import { venueHistorySection } from '../../sections/history/section.ts';
import { placeTermsSection } from '../../sections/market/section.ts';
import { marketsSection } from '../../sections/markets/section.ts';
import { venueExposureSection, venueSection } from '../../sections/venue/section.ts';
import { venueIdOf, venueOf } from '../../sections/venues/venue-of.ts';
import { answerOf } from '../../frame/asked.ts';
import { venues } from '../../sections/venues/asked.ts';
import { backTo } from '../back-to.ts';

/** One venue. */
export const page: Page = {
  title: (state) => venueName(venueIdOf(state) ?? ''),
  lead: (state) => backTo(state, '/venues', 'All venues'),
  sections: [
    ...[venueSection, venueExposureSection, marketsSection, placeTermsSection],
    ...[accountsSection, venueHistorySection],
  ],
  layout(show, state) {
    // Of a venue that nobody knows there is nothing to show but which there are.
    if (answerOf(state, venues).value && !venueOf(state)) return show(venueSection);
    return [
      element(
        'div',
        { class: 'columns', key: 'upper' },
        element('div', { class: 'stack', key: 'left' }, show(venueSection), show(venueExposureSection)),
        element('div', { class: 'stack', key: 'right' }, show(marketsSection), show(placeTermsSection)),
      ),
      show(accountsSection),
      show(venueHistorySection),
    ];
  },
};
