import { element } from '../../markup/element.ts';
import type { Page } from '../../frame/page.ts';
import { attentionSection } from '../../sections/attention/section.ts';
import { changesSection } from '../../sections/changes/section.ts';
import { headlineSection } from '../../sections/headline/section.ts';
import { historySection } from '../../sections/history/section.ts';
import { smallMapSection } from '../../sections/small-map/section.ts';
import { timeSection } from '../../sections/time/section.ts';
import { tilesSection } from '../../sections/status/section.ts';

/** What one looks at every morning: what would be lost now, what to act on, what changed. */
export const page: Page = {
  title: () => 'Overview',
  sections: [
    ...[headlineSection, attentionSection, tilesSection],
    ...[smallMapSection, changesSection, historySection, timeSection],
  ],
  layout: (show) => [
    element('div', { class: 'columns', key: 'first' }, show(headlineSection), show(attentionSection)),
    show(tilesSection),
    element('div', { class: 'columns', key: 'second' }, show(smallMapSection), show(changesSection)),
    show(historySection),
    show(timeSection),
  ],
};
