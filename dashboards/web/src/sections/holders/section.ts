import type { Section } from '../../frame/page.ts';
import { holders } from './asked.ts';
import { depthPanel, holdersPanel } from './panel.ts';

/** In whose hands the asset in the path is. */
export const holdersSection: Section = { key: 'holders', asks: [holders], view: holdersPanel };

/** What its markets can absorb. */
export const depthSection: Section = { key: 'depth', asks: [holders], view: depthPanel };
