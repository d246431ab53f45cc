import { element } from '../../markup/element.ts';
import type { Page } from '../../frame/page.ts';
import { venuePath } from '../../frame/paths.ts';
import { venueName } from '../../format/venue.ts';
import { accountsSection } from '../../sections/accounts/section.ts';
import { liquidationsSection } from '../../sections/liquidations/section.ts';
import { marketSection, placeTermsSection } from '../../sections/market/section.ts';
import { answerOf } from '../../frame/asked.ts';
import { markets } from '../../sections/markets/asked.ts';
import { marketOf } from '../../sections/markets/market-of.ts';
import { venueIdOf } from '../../sections/venues/venue-of.ts';
import { backTo } from '../back-to.ts';

/** One market of a venue: what is in it, its terms, who has something in it, and what was liquidated there. */
export const page: Page = {
  title: (state) =>
    `${marketOf(state)?.label ?? state.at.parts['market']} – ${venueName(venueIdOf(state) ?? '')}`,
  lead(state) {
    const id = venueIdOf(state) ?? '';
    return backTo(state, venuePath(id), `All of ${venueName(id)}`);
  },
  sections: [marketSection, placeTermsSection, accountsSection, liquidationsSection],
  layout(show, state) {
    const upper = element(
      'div',
      { class: 'columns', key: 'both' },
      show(marketSection),
      show(placeTermsSection),
    );
    // Of a market that nobody knows there is nothing to show but which there are.
    if (answerOf(state, markets).value && !marketOf(state)) return upper;
    return [upper, show(accountsSection), show(liquidationsSection)];
  },
};
