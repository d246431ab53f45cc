import type { Section } from '../../frame/page.ts';
import { adviceRun } from '../advice-run/asked.ts';
import { advices } from './asked.ts';
import { advicesPanel } from './panel.ts';

/** The newest advice of each parameter. */
export const advicesSection: Section = { key: 'advices', asks: [adviceRun, advices], view: advicesPanel };
