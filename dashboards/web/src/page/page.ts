import { accountPanel } from '../account/panel.ts';
import { accountsPanel } from '../accounts/panel.ts';
import { cascadePanel } from '../cascade/panel.ts';
import { contagionPanel } from '../contagion/panel.ts';
import { exposurePanel } from '../exposure/panel.ts';
import { heatmapPanel } from '../heatmap/panel.ts';
import { historyPanel } from '../history/panel.ts';
import { hasOpenIncident, incidentsPanel } from '../incidents/panel.ts';
import { liquidationsPanel } from '../liquidations/panel.ts';
import { lossPanel } from '../loss/panel.ts';
import { element, type Markup } from '../markup/element.ts';
import { marketsPanel } from '../markets/panel.ts';
import { reproductionPanel } from '../reproduction/panel.ts';
import { banners } from '../status/banners.ts';
import { header } from '../status/header.ts';
import { tiles } from '../status/tiles.ts';
import { venuesPanel } from '../venues/panel.ts';
import { markedBehind } from './behind.ts';
import type { State } from './state.ts';
import { toldOnce } from './tell-once.ts';

/** The whole page as a function of what is known and chosen. */
export function page(known: State): readonly Markup[] {
  const state = markedBehind(toldOnce(known));
  const parts = [
    header(state),
    element(
      'main',
      { key: 'main' },
      banners(known),
      hasOpenIncident(state) && incidentsPanel(state),
      // What somebody asked for by its address comes before what everybody is shown.
      state.lookedUp !== undefined && accountPanel(state),
      lossPanel(state),
      tiles(state),
      element(
        'div',
        { class: 'columns', key: 'upper' },
        heatmapPanel(state),
        cascadePanel(state),
        reproductionPanel(state),
      ),
      contagionPanel(state),
      exposurePanel(state),
      historyPanel(state),
      element(
        'div',
        { class: 'columns', key: 'lower' },
        element('div', { class: 'stack', key: 'who' }, accountsPanel(state), liquidationsPanel(state)),
        element('div', { class: 'stack', key: 'where' }, venuesPanel(state), marketsPanel(state)),
      ),
      !hasOpenIncident(state) && incidentsPanel(state),
    ),
    element(
      'footer',
      { key: 'footer' },
      'Values are what the model says of the facts stored, at oracle prices. What is left out is under Coverage.',
    ),
    element('p', { class: 'said', 'aria-live': 'polite', key: 'said' }, state.said),
    state.notice.until > state.now &&
      element('p', { class: 'notice', 'aria-hidden': 'true', key: 'notice' }, state.notice.text),
  ];
  return parts.filter((part) => part !== false);
}
