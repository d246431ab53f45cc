import type { Section } from '../../frame/page.ts';
import { oracleStakes } from './asked.ts';
import { stakesPanel } from './panel.ts';

/** What can be taken now, and once the answers land that are due. */
export const stakesSection: Section = { key: 'stakes', asks: [oracleStakes], view: stakesPanel };
