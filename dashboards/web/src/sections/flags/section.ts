import type { Section } from '../../frame/page.ts';
import { flags } from './asked.ts';
import { flagsPanel } from './panel.ts';

/** Prices that are not to be trusted now, and when others were not. */
export const flagsSection: Section = { key: 'flags', asks: [flags], view: flagsPanel };
