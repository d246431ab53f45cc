import { element } from '../../markup/element.ts';
import type { Page } from '../../frame/page.ts';
import { marketsSection } from '../../sections/markets/section.ts';
import { venuesSection } from '../../sections/venues/section.ts';

/** Every watched venue and its markets. */
export const page: Page = {
  title: () => 'Venues',
  sections: [venuesSection, marketsSection],
  layout: (show) =>
    element('div', { class: 'columns', key: 'both' }, show(venuesSection), show(marketsSection)),
};
