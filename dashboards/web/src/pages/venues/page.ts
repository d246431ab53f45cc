import { element } from '../../markup/element.ts';
import type { Page } from '../../frame/page.ts';
import { clearingSection } from '../../sections/clearing/section.ts';
import { marketsSection } from '../../sections/markets/section.ts';
import { venuesSection } from '../../sections/venues/section.ts';

/** Every watched venue and its markets, and all of them as one house. */
export const page: Page = {
  title: () => 'Venues',
  sections: [venuesSection, marketsSection, clearingSection],
  layout: (show) => [
    element('div', { class: 'columns', key: 'both' }, show(venuesSection), show(marketsSection)),
    show(clearingSection),
  ],
};
