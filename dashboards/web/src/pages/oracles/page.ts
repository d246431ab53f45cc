import type { Page } from '../../frame/page.ts';
import { flagsSection } from '../../sections/flags/section.ts';
import { capUpdateSection } from '../../sections/cap-update/section.ts';
import { stakesSection } from '../../sections/stakes/section.ts';
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
  sections: [
    ...[flagsSection, disputedSection, stakesSection, oraclesSection],
    ...[capUpdateSection, pairsSection, feedsSection],
  ],
  layout: (show) => [
    show(flagsSection),
    show(disputedSection),
    show(stakesSection),
    show(oraclesSection),
    show(capUpdateSection),
    show(pairsSection),
    show(feedsSection),
  ],
};
