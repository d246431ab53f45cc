import type { Page } from '../../frame/page.ts';
import { incidentsSection } from '../../sections/incidents/section.ts';

/** Whether Undertow itself is well. */
export const page: Page = {
  title: () => 'System',
  sections: [incidentsSection],
  layout: (show) => show(incidentsSection),
};
