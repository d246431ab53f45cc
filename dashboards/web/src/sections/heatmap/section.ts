import type { Section } from '../../frame/page.ts';
import { exposures } from '../exposure/asked.ts';
import { heatmapActions } from './actions.ts';
import { heatmap } from './asked.ts';
import { listenToCells } from './listen.ts';
import { heatmapPanel } from './panel.ts';

/** Which move of what would cost how much. */
export const heatmapSection: Section = {
  key: 'heatmap',
  asks: [heatmap, exposures],
  view: heatmapPanel,
  actions: heatmapActions,
  listen: listenToCells,
};
