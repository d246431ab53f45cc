import type { Section } from '../../frame/page.ts';
import { exposures } from '../exposure/asked.ts';
import { venues } from '../venues/asked.ts';
import { cascade } from './asked.ts';
import { cascadePanel } from './panel.ts';

/** The scenario round by round. */
export const cascadeSection: Section = {
  key: 'cascade',
  asks: [cascade, venues, exposures],
  view: cascadePanel,
};
