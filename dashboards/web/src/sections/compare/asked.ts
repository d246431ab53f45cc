import { blockOf, type Asked } from '../../frame/asked.ts';
import { tabOf } from '../tabs/panel.ts';
import { DEFAULT_SETTINGS, type Scenario } from '../../scenario/scenario.ts';
import { loadOtherCascade, type OtherCascade } from './load.ts';

const NOTHING: Scenario = { moves: [], settings: DEFAULT_SETTINGS, overrides: [] };

/** The scenario to compare with, at the block of the screen: asked while both are on screen. */
export const otherCascade: Asked<OtherCascade> = {
  key: 'otherCascade',
  followsBlock: true,
  forgets: true,
  isAsked: (state) => state.other !== undefined && tabOf(state) === 'compare',
  about: ({ other }) => JSON.stringify(other),
  load: (state, signal) => loadOtherCascade({ ...(state.other ?? NOTHING), block: blockOf(state) }, signal),
};
