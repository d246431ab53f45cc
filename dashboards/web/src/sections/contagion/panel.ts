import type { Cascade } from '../cascade/load.ts';
import { cascadeBelow } from '../cascade/shown.ts';
import { exported } from '../../export/exportable.ts';
import { paletteOf } from '../../chart/palette.ts';
import { patternFills, patternKey } from '../../chart/pattern.ts';
import { flowData } from '../flows/data.ts';
import { flowChart } from '../flows/chart.ts';
import { flowGraph, SHOCK, type Follows } from '../flows/graph.ts';
import { amount, count } from '../../format/number.ts';
import { inWords } from '../../format/words.ts';
import { venueName } from '../../format/venue.ts';
import { term } from '../../glossary/term.ts';
import { element, type Markup, type Piece } from '../../markup/element.ts';
import { answerOf } from '../../frame/asked.ts';
import { section } from '../../frame/section.ts';
import { scenarioInWords } from '../../scenario/words.ts';
import { themeOf, type State } from '../../frame/state.ts';
import { table } from '../../frame/table.ts';
import { exposures } from '../exposure/asked.ts';
import { assetColumn } from '../exposure/asset-column.ts';
import { coloursOf } from '../venues/colours.ts';
import { venueColumn } from '../venues/column.ts';
import { BEARERS, waterfallChart } from '../waterfall/chart.ts';
import { waterfallData } from '../waterfall/data.ts';
import { hurtTable, roundsAgainstReasons } from './hurt-table.ts';

/** The same cascade between venues: through which assets it went, who hurt whom, who bore the losses. */
export function contagionPanel(state: State): Markup {
  const { moves, now } = state;
  return section({
    id: 'contagion',
    title: 'Between venues',
    loaded: cascadeBelow(state),
    now,
    waiting: moves ? 'Loading…' : 'Choose a cell of the heatmap, or a scenario.',
    lead: element(
      'p',
      { class: 'lead', key: 'lead' },
      'The ',
      term('cascade'),
      ' above: the ',
      term('shock'),
      ' liquidates, what is seized is sold, the fall of its price liquidates elsewhere. Widths are USD.',
    ),
    body: (value) => body(state, value),
  });
}

function body(state: State, cascade: Cascade): Piece {
  const what = scenarioInWords(cascade.scenario);
  if (cascade.accounts === 0 && cascade.waterfall.length === 0)
    return element('p', { class: 'waiting' }, `${what}: nobody is liquidated, so nothing spreads.`);
  const theme = themeOf(state);
  const [flowWidth, fallWidth] = [state.widths['flows'] ?? 0, state.widths['waterfall'] ?? 0];
  const reasons = roundsAgainstReasons(cascade);
  return element(
    'div',
    { class: 'beside' },
    element(
      'div',
      { class: 'plot', 'data-measure-width': 'flows', key: 'flows' },
      element(
        'div',
        { class: 'plot-scroll', tabindex: 0, role: 'region', 'aria-label': 'Flow between venues' },
        flowWidth > 0 && exportedFlows(state, cascade, flowWidth),
      ),
    ),
    element(
      'div',
      { class: 'hurt', key: 'hurt' },
      hurtTable(state, cascade, what),
      reasons !== undefined && element('p', { class: 'source' }, reasons),
    ),
    element(
      'div',
      { key: 'waterfall' },
      element('h3', {}, 'Who bears the losses'),
      cascade.waterfall.length === 0
        ? element('p', { class: 'source' }, 'Collateral covers every debt: no venue has a loss.')
        : [
            patternKey(BEARERS, paletteOf(theme)),
            element(
              'div',
              { class: 'plot', 'data-measure-width': 'waterfall' },
              fallWidth > 0 && exportedFall(state, cascade, fallWidth),
            ),
          ],
    ),
    element('div', { key: 'losses' }, lossTables(state, cascade, what)),
    element('div', { class: 'whole', key: 'rows' }, details(state, cascade, what)),
  );
}

function exportedFlows(state: State, cascade: Cascade, width: number): Markup {
  const graph = flowGraph(cascade, followed(state));
  const svg = flowChart({ graph, colourOf: coloursOf(state), theme: themeOf(state), width });
  return exported(svg, {
    id: 'flows',
    title: `How the cascade goes from venue to venue: ${scenarioInWords(cascade.scenario)}`,
    data: () => flowData(graph),
    pictures: () => [{ svg }],
  });
}

function exportedFall(state: State, { waterfall, scenario }: Cascade, width: number): Markup {
  const theme = themeOf(state);
  const svg = waterfallChart({ rows: waterfall, theme, width });
  const { fillOf } = patternFills('bearer', paletteOf(theme));
  return exported(svg, {
    id: 'waterfall',
    title: `Who bears the losses: ${scenarioInWords(scenario)}`,
    data: () => waterfallData(waterfall),
    pictures: () => [{ svg, key: BEARERS.map(({ name, pattern }) => ({ name, fill: fillOf(pattern) })) }],
  });
}

/** Which asset moves which, as far as the matrix of exposures says. */
function followed(state: State): Follows {
  const pairs = answerOf(state, exposures).value?.assets.flatMap(({ asset, tiedTo }) =>
    tiedTo ? [[asset.address, tiedTo] as const] : [],
  );
  return new Map(pairs);
}

function lossTables(state: State, { waterfall, funds: all }: Cascade, what: string): Piece {
  const funds = all.filter(({ before, after }) => before !== 0 || after !== 0);
  const notes = FUND_NOTES.filter(([kind]) => funds.some(({ fund }) => fund === kind));
  return [
    waterfall.length > 0 &&
      table(
        waterfall,
        {
          id: 'losses',
          caption: `Losses and who bears them, ${what}`,
          columns: [
            venueColumn(),
            { name: 'Loss', unit: 'USD', value: ({ lossUsd }) => lossUsd },
            { name: 'Funds', unit: 'USD', value: ({ fundUsd }) => fundUsd },
            { name: 'Others', unit: 'USD', value: ({ socialisedUsd }) => socialisedUsd },
            { name: 'Left', title: 'Nobody has covered it', unit: 'USD', value: ({ leftUsd }) => leftUsd },
            {
              name: 'Open',
              title: 'Not realised yet: shortfalls of accounts that are still open',
              unit: 'USD',
              value: ({ openUsd }) => openUsd,
            },
          ],
          keyOf: ({ venue }) => venue,
        },
        state,
      ),
    funds.length > 0 &&
      table(
        funds,
        {
          id: 'funds',
          caption: `Shared funds, ${what}`,
          columns: [
            {
              name: 'Fund',
              value: ({ venue, fund }) => `${venueName(venue)}, ${inWords(fund).toLowerCase()}`,
              also: [
                { name: 'Venue id', value: ({ venue }) => venue },
                { name: 'Kind', value: ({ fund }) => fund },
              ],
            },
            {
              name: 'Holds after',
              unit: 'units',
              value: ({ after }) => after,
              cell: ({ before, after, asset }) => [
                `${amount(after)} ${asset.symbol}`,
                element('small', {}, `before ${amount(before)}`),
              ],
              also: [
                { name: 'Holds before', unit: 'units', value: ({ before }) => before },
                { name: 'Asset', value: ({ asset }) => asset.symbol },
                { name: 'Asset id', value: ({ asset }) => asset.address },
              ],
            },
            { name: 'Paid', title: 'What left it', unit: 'USD', value: ({ paidUsd }) => paidUsd },
            {
              name: 'Received',
              title: 'Its part of what was liquidated',
              unit: 'USD',
              value: ({ receivedUsd }) => receivedUsd,
            },
            {
              name: 'Loss',
              title: 'Bad debt that it bears; the losses add up to what funds bear, above',
              unit: 'USD',
              value: ({ lossUsd }) => lossUsd,
            },
          ],
          keyOf: ({ venue, fund, asset }) => `${venue} ${fund} ${asset.address}`,
        },
        state,
      ),
    notes.length > 0 &&
      element(
        'p',
        { class: 'source', key: 'notes' },
        'The losses of funds add up to what funds bear, above. ',
        notes.map(([kind, note]) => `${inWords(kind)}: ${note}. `),
      ),
  ];
}

type FundKind = Cascade['funds'][number]['fund'];

/** Why what a fund paid is not what it lost. */
const FUND_NOTES: readonly (readonly [FundKind, string])[] = [
  ['stability_pool', 'it repays debt and gets collateral for it; its loss is what that does not cover'],
  ['insurance_fund', 'it pays losses and receives its part of what is liquidated'],
  ['lending_pool', 'it pays nothing, but is worth so much less'],
  ['deficit', 'debt written off and recorded; no fund paid it, and it counts as left'],
];

function details(state: State, { contagion, flows }: Cascade, what: string): Piece {
  const bySize = [...contagion].sort((a, b) => b.liquidatedUsd - a.liquidatedUsd);
  return [
    element(
      'details',
      { key: 'through', id: 'contagion-through' },
      element('summary', {}, `Through which asset (${count(contagion.length)})`),
      table(
        bySize,
        {
          id: 'through',
          caption: `Liquidations by cause and asset, ${what}`,
          columns: [
            {
              name: 'Cause',
              value: ({ cause }) => (cause === SHOCK ? 'The shock' : venueName(cause)),
              also: [{ name: 'Cause id', value: ({ cause }) => cause }],
            },
            assetColumn('Through'),
            venueColumn('Hurt'),
            { name: 'Liquidated', unit: 'USD', value: ({ liquidatedUsd }) => liquidatedUsd },
            { name: 'Bad debt', unit: 'USD', value: ({ badDebtUsd }) => badDebtUsd },
          ],
          keyOf: ({ cause, asset, venue }) => `${cause} ${asset.address} ${venue}`,
        },
        state,
      ),
    ),
    element(
      'details',
      { key: 'sold', id: 'contagion-sold' },
      element('summary', {}, `What was sold and bought (${count(flows.length)})`),
      table(
        flows,
        {
          id: 'trades',
          caption: `Trades of liquidators, ${what}`,
          columns: [
            venueColumn(),
            assetColumn(),
            { name: 'Sold', unit: 'USD', value: ({ soldUsd }) => soldUsd },
            { name: 'Bought', unit: 'USD', value: ({ boughtUsd }) => boughtUsd },
          ],
          keyOf: ({ venue, asset }) => `${venue} ${asset.address}`,
        },
        state,
      ),
    ),
  ];
}
