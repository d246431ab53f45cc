import type { Section } from '../../frame/page.ts';
import { venues } from '../venues/asked.ts';
import { accountActions } from './actions.ts';
import { accounts } from './asked.ts';
import { accountsPanel } from './panel.ts';

/** Who stands nearest to the line. */
export const accountsSection: Section = {
  key: 'accounts',
  asks: [accounts, venues],
  view: accountsPanel,
  actions: accountActions,
};
