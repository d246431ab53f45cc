import type { Section } from '../../frame/page.ts';
import { oracles } from '../oracles/asked.ts';
import { capUpdateActions } from './actions.ts';
import { capUpdate } from './asked.ts';
import { capUpdatePanel } from './panel.ts';

/** What an update of a cap would do before it lands. */
export const capUpdateSection: Section = {
  key: 'cap-update',
  asks: [oracles, capUpdate],
  view: capUpdatePanel,
  actions: capUpdateActions,
};
