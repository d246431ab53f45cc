import { element } from '../../markup/element.ts';
import type { Page } from '../../frame/page.ts';
import { incidentsSection } from '../../sections/incidents/section.ts';
import { coverageSection, healthSection } from '../../sections/system/section.ts';

/** Whether Undertow itself is well, and how much it sees. */
export const page: Page = {
  title: () => 'System',
  sections: [coverageSection, healthSection, incidentsSection],
  layout: (show) =>
    element(
      'div',
      { class: 'columns', key: 'all' },
      show(coverageSection),
      element('div', { class: 'stack', key: 'right' }, show(healthSection), show(incidentsSection)),
    ),
};
