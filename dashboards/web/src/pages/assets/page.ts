import type { Page } from '../../frame/page.ts';
import { exposureSection } from '../../sections/exposure/section.ts';
import { reproductionSection } from '../../sections/reproduction/section.ts';

/** Which assets are held and owed where, and which of them feed their own fall. */
export const page: Page = {
  title: () => 'Assets',
  sections: [exposureSection, reproductionSection],
  layout: (show) => [show(exposureSection), show(reproductionSection)],
};
