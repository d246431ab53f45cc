import type { Section } from '../../frame/page.ts';
import { programsPanel } from './panel.ts';

/** How programs ask. */
export const programsSection: Section = { key: 'programs', asks: [], view: programsPanel };
