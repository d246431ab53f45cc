import { count, times, usd, usdExact } from '../format/number.ts';
import { element, type Markup, type Piece } from '../markup/element.ts';
import { sourceLine } from '../page/at-block.ts';
import { section } from '../page/section.ts';
import { themeOf, type State } from '../page/state.ts';
import { fixedAssetsSentence } from '../scenario/fixed-assets.ts';
import { scenarioForm } from '../scenario/form.ts';
import { cascadeChart, venueLegend } from './chart.ts';
import { cascadeHeadline } from './headline.ts';
import type { Cascade } from './load.ts';
import { groupName, priceGroups } from './price-paths.ts';
import { recompute } from './recompute.ts';
import { cascadeTables } from './tables.ts';

/** One cascade: the sentence, the picture, the tables. */
export function cascadePanel(state: State): Markup {
  const { cascade, now, shocks, pinned, heatmap, exposures } = state;
  const block = cascade.value?.head.block ?? heatmap.value?.head.block;
  return section({
    id: 'cascade',
    title: 'Cascade',
    loaded: shocks ? cascade : { ...cascade, value: undefined, isOpening: false },
    now,
    waiting: shocks ? 'Loading…' : 'Choose a cell of the heatmap, or a scenario above.',
    aside: element(
      'div',
      { class: 'actions' },
      pinned === undefined
        ? block !== undefined &&
            element(
              'button',
              { type: 'button', 'data-act': 'pin', 'data-block': block },
              `Pin block ${count(block)}`,
            )
        : element(
            'button',
            { type: 'button', 'data-act': 'unpin', 'aria-pressed': 'true' },
            `Pinned at ${count(pinned)} – go live`,
          ),
      element('button', { type: 'button', 'data-act': 'copy-link' }, 'Copy link'),
    ),
    lead: scenarioForm({
      ...{ shocks: shocks ?? [], volatility: state.volatility, known: heatmap.value?.rows ?? [] },
      fixed: exposures.value && fixedAssetsSentence(exposures.value),
    }),
    body: (value) => body(state, value),
  });
}

function body(state: State, cascade: Cascade): Piece {
  const { heatmap, pinned } = state;
  const theme = themeOf(state);
  const width = state.widths['cascade'] ?? 0;
  const isBehind = heatmap.value !== undefined && heatmap.value.head.block !== cascade.head.block;
  const venues = cascade.byVenue.map(({ venue }) => venue);
  const hit = cascade.accounts > 0;
  return [
    element('p', { class: 'headline', key: 'headline' }, cascadeHeadline(cascade)),
    isVolatilityAlone(cascade) &&
      element(
        'p',
        { class: 'source', key: 'volatility' },
        'Volatility alone makes nobody due: what the writer of an option must put up does not depend on it. Together with a price move it changes what it costs to close the options that fall due.',
      ),
    sourceLine(
      cascade,
      { pinned, loaded: state.cascade },
      isBehind &&
        element(
          'span',
          { class: 'busy', key: 'behind' },
          ` Heatmap: block ${count(heatmap.value.head.block)}.`,
        ),
    ),
    recompute(cascade, heatmap.value?.rows ?? []),
    hit && figures(cascade),
    hit &&
      element(
        'div',
        { class: 'plot', 'data-measure-width': 'cascade', key: 'plot' },
        venueLegend(venues, theme),
        width > 0 && cascadeChart({ cascade, theme, width }),
        movingAlike(cascade),
      ),
    hit && cascadeTables(cascade),
  ];
}

const isVolatilityAlone = ({ shocks, volatilityShock, accounts }: Cascade) =>
  shocks.every(({ ratio }) => ratio === 0) && volatilityShock !== 0 && accounts === 0;

/** Which assets share a line of the chart. */
function movingAlike(cascade: Cascade): Piece {
  const shared = priceGroups(cascade).filter(({ symbols }) => symbols.length > 1);
  if (shared.length === 0) return undefined;
  const words = shared.map((group) => `${groupName(group)} is ${group.symbols.join(', ')}`);
  return element('p', { class: 'source' }, `Prices that move alike share a line: ${words.join('; ')}.`);
}

function figures(cascade: Cascade): Piece {
  const { liquidatedUsd, repaidUsd, badDebtUsd, liquidatorProfitUsd, amplification } = cascade;
  const list: [string, string, string][] = [
    [
      'Liquidated',
      usd(liquidatedUsd),
      `${usdExact(liquidatedUsd)}: collateral seized; of perpetual positions and options, their value when closed`,
    ],
    ['Debt repaid', usd(repaidUsd), usdExact(repaidUsd)],
    ['Bad debt', usd(badDebtUsd), usdExact(badDebtUsd)],
    [
      'Profit',
      usd(liquidatorProfitUsd),
      `${usdExact(liquidatorProfitUsd)}: what sales of what was seized brought, less what was paid for the debt repaid`,
    ],
    ['Amplification', times(amplification), 'Value liquidated in all rounds ÷ in the first'],
  ];
  return [
    element(
      'dl',
      { class: 'figures', key: 'figures' },
      list.map(([name, value, title]) =>
        element('div', { title }, element('dt', {}, name), element('dd', {}, value)),
      ),
    ),
    liquidatorProfitUsd < 0 &&
      element(
        'p',
        { class: 'source', key: 'loss' },
        `Liquidators and the depositors of stability pools lose ${usd(-liquidatorProfitUsd)}: in the model they act at a loss too, and what they seize brings less, once sold, than they paid for the debt.`,
      ),
  ];
}
