import type { Section } from '../../frame/page.ts';
import { status } from '../status/asked.ts';
import { downloadActions } from './actions.ts';
import { downloadsPanel } from './panel.ts';

/** Whole lists as files. */
export const downloadsSection: Section = {
  key: 'downloads',
  asks: [status],
  view: downloadsPanel,
  actions: downloadActions,
};
