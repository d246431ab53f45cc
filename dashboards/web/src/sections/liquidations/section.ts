import type { Section } from '../../frame/page.ts';
import { liquidations } from './asked.ts';
import { liquidationsPanel } from './panel.ts';

/** What really was liquidated. */
export const liquidationsSection: Section = {
  key: 'liquidations',
  asks: [liquidations],
  view: liquidationsPanel,
};
