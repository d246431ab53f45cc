import type { Section } from '../../frame/page.ts';
import { reportRun } from '../report-run/asked.ts';
import { venues } from '../venues/asked.ts';
import { reportsActions } from './actions.ts';
import { reports } from './asked.ts';
import { reportsPanel } from './panel.ts';

/** Reports that are kept. */
export const reportsSection: Section = {
  key: 'reports',
  asks: [reportRun, reports, venues],
  view: reportsPanel,
  actions: reportsActions,
};
