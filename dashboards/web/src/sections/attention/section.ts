import type { Section } from '../../frame/page.ts';
import { flags } from '../flags/asked.ts';
import { incidents } from '../incidents/asked.ts';
import { status } from '../status/asked.ts';
import { venues } from '../venues/asked.ts';
import { nearLine } from './asked.ts';
import { attentionPanel } from './panel.ts';

/** What to act on. */
export const attentionSection: Section = {
  key: 'attention',
  asks: [venues, incidents, status, flags, nearLine],
  view: attentionPanel,
};
