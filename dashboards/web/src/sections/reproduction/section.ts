import type { Section } from '../../frame/page.ts';
import { reproduction } from './asked.ts';
import { reproductionPanel } from './panel.ts';

/** Where a fall would feed itself. */
export const reproductionSection: Section = {
  key: 'reproduction',
  asks: [reproduction],
  view: reproductionPanel,
};
