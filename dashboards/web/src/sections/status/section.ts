import type { Section } from '../../frame/page.ts';
import { heatmap } from '../heatmap/asked.ts';
import { status } from './asked.ts';
import { tiles } from './tiles.ts';

/** The few numbers that are asked first. */
export const tilesSection: Section = { key: 'tiles', asks: [heatmap, status], view: tiles };
