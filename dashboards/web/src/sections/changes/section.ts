import type { Section } from '../../frame/page.ts';
import { history } from '../history/asked.ts';
import { changesPanel } from './panel.ts';

/** What changed in a day. */
export const changesSection: Section = { key: 'changes', asks: [history], view: changesPanel };
