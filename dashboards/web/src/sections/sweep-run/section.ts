import type { Section } from '../../frame/page.ts';
import { runActions } from './actions.ts';
import { sweep } from './asked.ts';
import { runPanel } from './panel.ts';

/** How far the sweep in the path is, and what came of it in a few numbers. */
export const runSection: Section = { key: 'sweep-run', asks: [sweep], view: runPanel, actions: runActions };
