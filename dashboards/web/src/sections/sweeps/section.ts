import type { Section } from '../../frame/page.ts';
import { sweeps } from './asked.ts';
import { sweepsPanel } from './panel.ts';

/** Sweeps that are kept. */
export const sweepsSection: Section = { key: 'sweeps', asks: [sweeps], view: sweepsPanel };
