import type { Section } from '../../frame/page.ts';
import { cascade } from '../cascade/asked.ts';
import { whatIf } from '../what-if/asked.ts';
import { lossPanel, resultPanel } from './panel.ts';

/** What is lost in the scenario, in words. */
export const lossSection: Section = { key: 'loss', asks: [cascade, whatIf], view: lossPanel };

/** What is lost in the scenario, in figures, and what changed terms change of it. */
export const resultSection: Section = { key: 'result', asks: [cascade, whatIf], view: resultPanel };
