import { element } from '../../markup/element.ts';
import type { Page } from '../../frame/page.ts';
import { reportFormSection } from '../../sections/report-form/section.ts';
import { madeIdOf } from '../../sections/report-run/asked.ts';
import { reportRunSection } from '../../sections/report-run/section.ts';
import { reportsSection } from '../../sections/reports/section.ts';

/** Reports that anyone can cite and check: made here, found, compared, and taken along. */
export const page: Page = {
  title: () => 'Reports',
  lead: () =>
    'Every figure with its unit, block and source, under an address that anyone can cite and check.',
  sections: [reportFormSection, reportRunSection, reportsSection],
  layout: (show, state) =>
    element(
      'div',
      { class: 'with-editor', key: 'all' },
      element(
        'div',
        { class: 'answers stack', key: 'answers' },
        madeIdOf(state) !== undefined && show(reportRunSection),
        show(reportsSection),
      ),
      show(reportFormSection),
    ),
};
