import type { Section } from '../../frame/page.ts';
import { sweep } from '../sweep-run/asked.ts';
import { sweepTail } from './asked.ts';
import { tailPanel } from './panel.ts';

/** Who, where, and because of whom, in the worst scenarios. */
export const tailSection: Section = { key: 'sweepTail', asks: [sweep, sweepTail], view: tailPanel };
