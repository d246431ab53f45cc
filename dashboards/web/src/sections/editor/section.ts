import type { Section } from '../../frame/page.ts';
import { exposures } from '../exposure/asked.ts';
import { markets } from '../markets/asked.ts';
import { venues } from '../venues/asked.ts';
import { scenarioActions } from '../../scenario/actions.ts';
import { listenToSliders } from '../../scenario/sliders.ts';
import { termsActions } from '../terms/actions.ts';
import { movable } from './asked.ts';
import { editorPanel } from './panel.ts';

/** The scenario, to be changed. */
export const editorSection: Section = {
  key: 'editor',
  asks: [movable, exposures, markets, venues],
  view: editorPanel,
  actions: (frame) => ({ ...scenarioActions(frame), ...termsActions(frame) }),
  listen: listenToSliders,
};
