import { exported } from '../../export/exportable.ts';
import { times, usd, usdExact } from '../../format/number.ts';
import { venueName } from '../../format/venue.ts';
import { scenarioInWords } from '../../scenario/words.ts';
import { headingTerm } from '../../glossary/term.ts';
import { element, type Markup, type Piece } from '../../markup/element.ts';
import { answerOf } from '../../frame/asked.ts';
import { sourceLine } from '../../frame/at-block.ts';
import { section } from '../../frame/section.ts';
import { themeOf, type State } from '../../frame/state.ts';
import { coloursOf } from '../venues/colours.ts';
import { cascade as asked } from './asked.ts';
import { cascadeChart, venueLegend, type CascadeDrawing } from './chart.ts';
import { cascadeData } from './data.ts';
import { cascadeHeadline } from './headline.ts';
import type { Cascade } from './load.ts';
import { groupName, priceGroups } from './price-paths.ts';
import { cascadeBelow } from './shown.ts';
import { roundTables } from './tables.ts';

/** One cascade round by round: what liquidators did, the picture, the tables. */
export function cascadePanel(state: State): Markup {
  const { now, moves } = state;
  return section({
    id: 'cascade',
    title: 'Round by round',
    loaded: cascadeBelow(state),
    now,
    waiting: moves ? 'Loading…' : 'Choose a cell of the heatmap, or a scenario above.',
    body: (value) => body(state, value),
  });
}

function body(state: State, cascade: Cascade): Piece {
  const theme = themeOf(state);
  const width = state.widths['cascade'] ?? 0;
  const venues = cascade.byVenue.filter(({ accounts }) => accounts > 0).map(({ venue }) => venue);
  const hit = cascade.accounts > 0;
  const colourOf = coloursOf(state);
  return [
    element('p', { class: 'headline', key: 'headline' }, cascadeHeadline(cascade)),
    sourceLine(cascade, { pinned: state.pinned, loaded: answerOf(state, asked) }),
    hit && figures(cascade),
    hit &&
      element(
        'div',
        { class: 'plot', 'data-measure-width': 'cascade', key: 'plot' },
        venueLegend(venues, colourOf),
        width > 0 && exportedChart(cascade, { venues, colourOf, theme, width }),
        movingAlike(cascade),
      ),
    roundTables(state, cascade),
  ];
}

function exportedChart(cascade: Cascade, drawing: Omit<CascadeDrawing, 'cascade'>): Markup {
  const { venues, colourOf } = drawing;
  const svg = cascadeChart({ cascade, ...drawing });
  return exported(svg, {
    id: 'cascade',
    title: `Prices and value liquidated by round: ${scenarioInWords(cascade.scenario)}`,
    data: () => cascadeData(cascade, venues),
    pictures: () => [
      { svg, key: venues.map((venue) => ({ name: venueName(venue), fill: colourOf(venue) })) },
    ],
  });
}

/** Which assets share a line of the chart. */
function movingAlike(cascade: Cascade): Piece {
  const shared = priceGroups(cascade).filter(({ symbols }) => symbols.length > 1);
  if (shared.length === 0) return undefined;
  const words = shared.map((group) => `${groupName(group)} is ${group.symbols.join(', ')}`);
  return element('p', { class: 'source' }, `Prices that move alike share a line: ${words.join('; ')}.`);
}

function figures(cascade: Cascade): Piece {
  const { liquidatedUsd, repaidUsd, liquidatorProfitUsd, depositorProfitUsd, amplification } = cascade;
  const list: [string, string, string][] = [
    [
      'Liquidated',
      usd(liquidatedUsd),
      `${usdExact(liquidatedUsd)}: collateral seized; of perpetual positions and options, their value when closed`,
    ],
    ['Debt repaid', usd(repaidUsd), usdExact(repaidUsd)],
    [
      'Liquidators earn',
      usd(liquidatorProfitUsd),
      `${usdExact(liquidatorProfitUsd)}: what they got for what was seized, less what they paid, gas included`,
    ],
    ['Amplification', times(amplification), 'Value liquidated in all rounds ÷ in the first'],
  ];
  return [
    element(
      'dl',
      { class: 'figures', key: 'figures' },
      list.map(([name, value, title]) =>
        element('div', { title }, element('dt', {}, headingTerm(name)), element('dd', {}, value)),
      ),
    ),
    usd(depositorProfitUsd) !== '$0' &&
      element(
        'p',
        { class: 'source', key: 'depositors' },
        `Depositors of stability pools ${depositorProfitUsd < 0 ? 'lose' : 'earn'} ${usd(Math.abs(depositorProfitUsd))}.`,
      ),
    cascade.endedMarkets.length > 0 &&
      element(
        'p',
        { class: 'source', key: 'ended' },
        `Markets traded to their known end, beyond which nobody trades: ${cascade.endedMarkets.join(', ')}.`,
      ),
  ];
}
