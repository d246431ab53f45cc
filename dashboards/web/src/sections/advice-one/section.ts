import type { Section } from '../../frame/page.ts';
import { adviceRun } from '../advice-run/asked.ts';
import { oneAdvice } from './asked.ts';
import { onePanel } from './panel.ts';

/** One advice, with all that it rests on. */
export const oneSection: Section = { key: 'advice-one', asks: [adviceRun, oneAdvice], view: onePanel };
