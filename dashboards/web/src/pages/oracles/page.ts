import type { Page } from '../../frame/page.ts';
import { flagsSection } from '../../sections/flags/section.ts';
import {
  disputedSection,
  feedsSection,
  oraclesSection,
  pairsSection,
} from '../../sections/oracles/section.ts';

/** Which prices can be trusted now. */
export const page: Page = {
  title: () => 'Oracles',
  lead: () => 'Which prices can be trusted now, and whom it concerns where they cannot.',
  sections: [flagsSection, disputedSection, oraclesSection, pairsSection, feedsSection],
  layout: (show) => [
    show(flagsSection),
    show(disputedSection),
    show(oraclesSection),
    show(pairsSection),
    show(feedsSection),
  ],
};
