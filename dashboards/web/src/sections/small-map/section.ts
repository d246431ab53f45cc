import type { Section } from '../../frame/page.ts';
import { heatmap } from '../heatmap/asked.ts';
import { smallMapPanel } from './panel.ts';

/** A few moves of what loses most. */
export const smallMapSection: Section = { key: 'smallMap', asks: [heatmap], view: smallMapPanel };
