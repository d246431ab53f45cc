import { exported } from '../../export/exportable.ts';
import { usd, usdExact } from '../../format/number.ts';
import { venueName } from '../../format/venue.ts';
import { answerOf } from '../../frame/asked.ts';
import { sourceLine } from '../../frame/at-block.ts';
import { section } from '../../frame/section.ts';
import { themeOf, type State } from '../../frame/state.ts';
import { table } from '../../frame/table.ts';
import { element, type Markup, type Piece } from '../../markup/element.ts';
import { assetColumn } from '../exposure/asset-column.ts';
import { oracles as asked } from './asked.ts';
import { deviationChart, DRAWN } from './chart.ts';
import type { Oracle, Oracles } from './load.ts';
import { sourcesTable } from './sources-table.ts';
import { deviationWords, leftOutWords, sourcesWords } from './words.ts';
import { warningList, warningText } from './warnings.ts';

/** Every oracle against its market. */
export function oraclesPanel(state: State): Markup {
  return section({
    id: 'oracles',
    title: 'Oracles against their markets',
    loaded: answerOf(state, asked),
    now: state.now,
    lead: element(
      'p',
      { class: 'lead', key: 'lead' },
      'How far each price that a venue uses is from what its asset trades at, in the pools and on the exchanges that are watched: to the right the oracle is too high. Rates, caps and products of adapters are followed down to their feeds.',
    ),
    body: (value) => body(state, value),
  });
}

function body(state: State, report: Oracles): Piece {
  const { oracles } = report;
  if (oracles.length === 0) return element('p', { class: 'waiting' }, 'No oracle prices anything yet.');
  const width = state.widths['oracles'] ?? 0;
  return [
    element(
      'div',
      { class: 'plot', 'data-measure-width': 'oracles', key: 'plot' },
      width > 0 && exportedChart(oracles, { theme: themeOf(state), width }),
    ),
    table(
      oracles,
      {
        id: 'oracles',
        caption: 'Oracles, the one on which the most hangs first',
        columns: [
          assetColumn<Oracle>(),
          {
            name: 'Used by',
            value: ({ venues }) => venues.map(venueName).join(', '),
            also: [
              { name: 'Oracle id', value: ({ id }) => id },
              { name: 'Feeds', value: ({ feeds }) => feeds.join(' ') },
              { name: 'Constant', value: ({ isConstant }) => String(isConstant) },
            ],
          },
          { name: 'Hangs on it', unit: 'USD', value: ({ pricedUsd }) => pricedUsd },
          {
            name: 'Oracle',
            unit: 'USD',
            value: ({ priceUsd }) => priceUsd,
            cell: ({ priceUsd, isConstant }) => [
              usdExact(priceUsd),
              isConstant && element('small', {}, 'constant'),
            ],
          },
          {
            name: 'Market',
            unit: 'USD',
            value: ({ marketPriceUsd }) => marketPriceUsd,
            cell: ({ marketPriceUsd, market }) => [
              marketPriceUsd === null ? 'no market' : usdExact(marketPriceUsd),
              market !== null && element('small', {}, sourcesWords(market)),
            ],
            also: [
              { name: 'Sources', unit: 'count', value: ({ market }) => market?.counted },
              { name: 'Spread of sources', unit: 'ratio', value: ({ market }) => market?.spread },
              { name: 'Left out', value: ({ market }) => market && leftOutWords(market.sources) },
            ],
          },
          {
            name: 'Deviation',
            unit: 'move',
            title: 'Oracle price ÷ market price − 1',
            value: ({ deviation }) => deviation,
            cell: ({ deviation }) => deviationWords(deviation),
          },
          {
            name: 'Room below cap',
            unit: 'ratio',
            title: 'How far its rate may still rise before a cap binds',
            value: ({ capHeadroom }) => capHeadroom,
          },
          {
            name: 'Borrowable',
            unit: 'ratio',
            title:
              'What may be borrowed against a dollar’s worth of it at its market; from 100 % on, who borrows and never comes back has gained',
            value: ({ borrowableOfMarket }) => borrowableOfMarket,
          },
          {
            name: 'Cost to move',
            unit: 'USD',
            title:
              'What it would cost to push the asset’s own market to where the oracle stands, when others bring it back',
            value: ({ costToMove }) => costToMove?.costUsd ?? null,
            cell: ({ costToMove }) => [
              usd(costToMove?.costUsd),
              costToMove?.isEnded === true && element('small', {}, 'all that its market can take'),
            ],
            also: [
              { name: 'Traded to move', unit: 'USD', value: ({ costToMove }) => costToMove?.tradedUsd },
              {
                name: 'Market ends before',
                value: ({ costToMove }) => costToMove && String(costToMove.isEnded),
              },
            ],
          },
          {
            name: 'Wrong now',
            value: ({ warnings }) => warningText(warnings),
            cell: ({ warnings }) => warningList(warnings),
          },
        ],
        keyOf: ({ id, asset }) => `${id} ${asset.address}`,
      },
      state,
    ),
    sourcesTable(state, oracles),
    sourceLine(report, { pinned: state.pinned, loaded: answerOf(state, asked) }),
  ];
}

function exportedChart(
  oracles: readonly Oracle[],
  how: Omit<Parameters<typeof deviationChart>[0], 'oracles'>,
): Markup | undefined {
  const drawn = oracles.filter(({ deviation }) => deviation !== null).slice(0, DRAWN);
  if (drawn.length === 0) return undefined;
  const svg = deviationChart({ oracles: drawn, ...how });
  return exported(svg, {
    id: 'oracle-deviations',
    title: 'Oracles against their markets',
    data: () => ({
      columns: [{ name: 'Asset' }, { name: 'Oracle id' }, { name: 'Deviation', unit: 'move' }],
      rows: drawn.map(({ asset, id, deviation }) => [asset.symbol, id, deviation]),
    }),
    pictures: () => [{ svg }],
  });
}
