import type { Section } from '../../frame/page.ts';
import { venues } from '../venues/asked.ts';
import { owner } from './asked.ts';
import { accountPanel } from './panel.ts';

/** One address over all venues: that of the path. */
export const accountSection: Section = {
  key: 'account',
  asks: [owner, venues],
  view: accountPanel,
};
