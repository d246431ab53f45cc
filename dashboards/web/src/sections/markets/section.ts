import type { Section } from '../../frame/page.ts';
import { markets } from './asked.ts';
import { editMarket } from '../terms/actions.ts';
import { marketsPanel } from './panel.ts';

/** Where collateral and debt are. */
export const marketsSection: Section = {
  key: 'markets',
  asks: [markets],
  view: marketsPanel,
  actions: editMarket,
};
