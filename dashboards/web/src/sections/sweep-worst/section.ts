import type { Section } from '../../frame/page.ts';
import { sweep } from '../sweep-run/asked.ts';
import { worstPanel } from './panel.ts';

/** The scenarios that lose most. */
export const worstSection: Section = { key: 'sweep-worst', asks: [sweep], view: worstPanel };
