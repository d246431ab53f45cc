import type { Section } from '../../frame/page.ts';
import { assumptionsPanel } from './panel.ts';

/** What the engine assumes. */
export const assumptionsSection: Section = { key: 'assumptions', asks: [], view: assumptionsPanel };
