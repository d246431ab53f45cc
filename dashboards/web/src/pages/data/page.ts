import type { Page } from '../../frame/page.ts';
import { element } from '../../markup/element.ts';
import { assumptionsSection } from '../../sections/assumptions/section.ts';
import { downloadsSection } from '../../sections/downloads/section.ts';
import { programsSection } from '../../sections/programs/section.ts';
import { wordsSection } from '../../sections/words/section.ts';

/** What others build on: files, the API, the words, and what the numbers assume. */
export const page: Page = {
  title: () => 'Data',
  lead: () => 'Numbers to take away, with what they mean and what they assume.',
  sections: [downloadsSection, programsSection, wordsSection, assumptionsSection],
  layout: (show) => [
    element('div', { class: 'columns', key: 'files' }, show(downloadsSection), show(programsSection)),
    show(assumptionsSection),
    show(wordsSection),
  ],
};
