import { accountPanel } from '../sections/account/panel.ts';
import { accountsPanel } from '../sections/accounts/panel.ts';
import { cascadePanel } from '../sections/cascade/panel.ts';
import { contagionPanel } from '../sections/contagion/panel.ts';
import { exposurePanel } from '../sections/exposure/panel.ts';
import { heatmapPanel } from '../sections/heatmap/panel.ts';
import { historyPanel } from '../sections/history/panel.ts';
import { hasOpenIncident, incidentsPanel } from '../sections/incidents/panel.ts';
import { liquidationsPanel } from '../sections/liquidations/panel.ts';
import { lossPanel } from '../sections/loss/panel.ts';
import { element, type Markup } from '../markup/element.ts';
import { marketsPanel } from '../sections/markets/panel.ts';
import { reproductionPanel } from '../sections/reproduction/panel.ts';
import { banners } from '../sections/status/banners.ts';
import { header } from '../sections/status/header.ts';
import { tiles } from '../sections/status/tiles.ts';
import { venuesPanel } from '../sections/venues/panel.ts';
import { markedBehind } from './behind.ts';
import type { State } from './state.ts';
import { memoised } from './memo.ts';
import { toldOnce } from './tell-once.ts';

/** Every part is drawn again only when something that it shows has changed; how long ago things were is the clock's. */
const draw = {
  accountPanel: memoised(accountPanel, 'now'),
  accountsPanel: memoised(accountsPanel, 'now'),
  cascadePanel: memoised(cascadePanel, 'now'),
  contagionPanel: memoised(contagionPanel, 'now'),
  exposurePanel: memoised(exposurePanel, 'now'),
  heatmapPanel: memoised(heatmapPanel, 'now'),
  historyPanel: memoised(historyPanel, 'now'),
  incidentsPanel: memoised(incidentsPanel, 'now'),
  liquidationsPanel: memoised(liquidationsPanel, 'now'),
  lossPanel: memoised(lossPanel, 'now'),
  marketsPanel: memoised(marketsPanel, 'now'),
  reproductionPanel: memoised(reproductionPanel, 'now'),
  venuesPanel: memoised(venuesPanel, 'now'),
  banners: memoised(banners, 'now'),
  header: memoised(header, 'now'),
  tiles: memoised(tiles, 'now'),
};

/** The whole page as a function of what is known and chosen. */
export function page(known: State): readonly Markup[] {
  const state = markedBehind(toldOnce(known));
  const parts = [
    draw.header(state),
    element(
      'main',
      { key: 'main' },
      draw.banners(known),
      hasOpenIncident(state) && draw.incidentsPanel(state),
      // What somebody asked for by its address comes before what everybody is shown.
      state.lookedUp !== undefined && draw.accountPanel(state),
      draw.lossPanel(state),
      draw.tiles(state),
      element(
        'div',
        { class: 'columns', key: 'upper' },
        draw.heatmapPanel(state),
        draw.cascadePanel(state),
        draw.reproductionPanel(state),
      ),
      draw.contagionPanel(state),
      draw.exposurePanel(state),
      draw.historyPanel(state),
      element(
        'div',
        { class: 'columns', key: 'lower' },
        element(
          'div',
          { class: 'stack', key: 'who' },
          draw.accountsPanel(state),
          draw.liquidationsPanel(state),
        ),
        element('div', { class: 'stack', key: 'where' }, draw.venuesPanel(state), draw.marketsPanel(state)),
      ),
      !hasOpenIncident(state) && draw.incidentsPanel(state),
    ),
    element(
      'footer',
      { key: 'footer' },
      'Values are what the model says of the facts stored, at oracle prices. What is left out is under Coverage.',
    ),
    element('p', { class: 'said', 'aria-live': 'polite', key: 'said' }, state.said),
    state.notice.text !== '' &&
      element('p', { class: 'notice', 'aria-hidden': 'true', key: 'notice' }, state.notice.text),
  ];
  return parts.filter((part) => part !== false);
}
