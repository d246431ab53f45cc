import type { Page } from '../../frame/page.ts';
import { disputedSection, feedsSection, oraclesSection } from '../../sections/oracles/section.ts';

/** Which prices can be trusted now. */
export const page: Page = {
  title: () => 'Oracles',
  lead: () => 'Which prices can be trusted now, and whom it concerns where they cannot.',
  sections: [disputedSection, oraclesSection, feedsSection],
  layout: (show) => [show(disputedSection), show(oraclesSection), show(feedsSection)],
};
