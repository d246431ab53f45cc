import type { Section } from '../../frame/page.ts';
import { wordsPanel } from './panel.ts';

/** The glossary. */
export const wordsSection: Section = { key: 'words', asks: [], view: wordsPanel };
