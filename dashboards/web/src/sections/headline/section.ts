import type { Section } from '../../frame/page.ts';
import { exposures } from '../exposure/asked.ts';
import { headline } from './asked.ts';
import { headlinePanel } from './panel.ts';

/** What would be lost now, and who would bear it. */
export const headlineSection: Section = {
  key: 'headline',
  asks: [exposures, headline],
  view: headlinePanel,
};
