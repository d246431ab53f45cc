import type { Section } from '../../frame/page.ts';
import { feedActions } from './actions.ts';
import { feedDelay, oracles } from './asked.ts';
import { disputedPanel } from './disputed-panel.ts';
import { feedsPanel } from './feeds-panel.ts';
import { oraclesPanel } from './panel.ts';
import { pairsPanel } from './pairs-panel.ts';

/** Whom the distance between oracles and markets hides or makes up. */
export const disputedSection: Section = { key: 'disputed', asks: [oracles], view: disputedPanel };

/** Every oracle against its market. */
export const oraclesSection: Section = { key: 'oracles', asks: [oracles], view: oraclesPanel };

/** Every base feed against its own rule. */
export const feedsSection: Section = {
  key: 'feeds',
  asks: [oracles, feedDelay],
  view: feedsPanel,
  actions: feedActions,
};

/** Collateral against debt, and one price of an asset against another. */
export const pairsSection: Section = { key: 'pairs', asks: [oracles], view: pairsPanel };
