import type { Section } from '../../frame/page.ts';
import { status } from '../status/asked.ts';
import { coveragePanel, healthPanel } from './panel.ts';

/** Whether what is shown can be relied on. */
export const healthSection: Section = { key: 'health', asks: [status], view: healthPanel };

/** How much of the debt the numbers speak of, and what is left out. */
export const coverageSection: Section = { key: 'coverage', asks: [status], view: coveragePanel };
