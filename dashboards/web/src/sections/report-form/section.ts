import type { Section } from '../../frame/page.ts';
import { sweeps } from '../sweeps/asked.ts';
import { venues } from '../venues/asked.ts';
import { reportFormActions } from './actions.ts';
import { reportFormPanel } from './panel.ts';

/** What a report is made of, and the button that makes it. */
export const reportFormSection: Section = {
  key: 'report-form',
  asks: [venues, sweeps],
  view: reportFormPanel,
  actions: reportFormActions,
};
