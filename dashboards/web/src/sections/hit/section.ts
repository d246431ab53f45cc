import type { Section } from '../../frame/page.ts';
import { cascade } from '../cascade/asked.ts';
import { hitPanel } from './panel.ts';

/** Whom the scenario hits. */
export const hitSection: Section = { key: 'hit', asks: [cascade], view: hitPanel };
