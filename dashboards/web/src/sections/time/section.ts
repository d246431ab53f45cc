import type { Section } from '../../frame/page.ts';
import { timeActions } from './actions.ts';
import { storedBlocks } from './asked.ts';
import { listenToTime } from './listen.ts';
import { timePanel } from './panel.ts';

/** The way back to any stored block. */
export const timeSection: Section = {
  key: 'time',
  asks: [storedBlocks],
  view: timePanel,
  actions: timeActions,
  listen: listenToTime,
};
