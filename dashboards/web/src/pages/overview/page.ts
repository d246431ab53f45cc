import type { Page } from '../../frame/page.ts';
import { historySection } from '../../sections/history/section.ts';
import { hasOpenIncident } from '../../sections/incidents/panel.ts';
import { incidentsSection } from '../../sections/incidents/section.ts';
import { tilesSection } from '../../sections/status/section.ts';

/** What one looks at every morning. */
export const page: Page = {
  title: () => 'Overview',
  sections: [tilesSection, incidentsSection, historySection],
  layout: (show, state) => [
    hasOpenIncident(state) && show(incidentsSection),
    show(tilesSection),
    show(historySection),
    !hasOpenIncident(state) && show(incidentsSection),
  ],
};
