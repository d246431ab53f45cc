import { usdExact } from '../../format/number.ts';
import { venueName } from '../../format/venue.ts';
import { answerOf } from '../../frame/asked.ts';
import { sourceLine } from '../../frame/at-block.ts';
import { section } from '../../frame/section.ts';
import type { State } from '../../frame/state.ts';
import { table } from '../../frame/table.ts';
import { element, type Markup, type Piece } from '../../markup/element.ts';
import { assetColumn } from '../exposure/asset-column.ts';
import { venueColumn } from '../venues/column.ts';
import { oracles as asked } from './asked.ts';
import type { Oracles } from './load.ts';
import { warningList, warningText } from './warnings.ts';
import { span } from './words.ts';

type Pair = Oracles['pairs'][number];
type PricedAsset = Oracles['assets'][number];

/** Collateral against debt where the two answer at different times, and assets with several prices. */
export function pairsPanel(state: State): Markup {
  const loaded = answerOf(state, asked);
  return section({
    id: 'pairs',
    title: 'One price against another',
    loaded,
    now: state.now,
    lead: element(
      'p',
      { class: 'lead', key: 'lead' },
      'A collateral and a debt that hang on different feeds are valued at two times at once while one of them is late. And the same asset may have several prices, by venue.',
    ),
    body: (value) => [
      value.pairs.length === 0
        ? element('p', { class: 'waiting', key: 'pairs' }, 'No account holds one feed against another.')
        : pairTable(state, value.pairs),
      value.assets.length === 0
        ? element('p', { class: 'waiting', key: 'assets' }, 'No asset has more than one price.')
        : priceTable(state, value.assets),
      sourceLine(value, { pinned: state.pinned, loaded }),
    ],
  });
}

function pairTable(state: State, pairs: readonly Pair[]): Piece {
  return table(
    pairs,
    {
      id: 'pairs',
      caption: 'Collateral against debt: those of two markets first, then the most debt',
      columns: [
        {
          name: 'Pair',
          value: ({ collateral, debt }) => `${collateral.symbol} / ${debt.symbol}`,
          also: [
            { name: 'Market', value: ({ market }) => market },
            { name: 'Feeds of the collateral', value: ({ collateralFeeds }) => collateralFeeds.join(' ') },
            { name: 'Feeds of the debt', value: ({ debtFeeds }) => debtFeeds.join(' ') },
          ],
        },
        venueColumn<Pair>(),
        { name: 'Debt', unit: 'USD', value: ({ debtUsd }) => debtUsd },
        {
          name: 'Off its markets',
          unit: 'ratio',
          title: 'Distance of the ratio of the two oracles from the ratio of their markets',
          value: ({ splitLegs }) => splitLegs,
        },
        {
          name: 'Apart',
          unit: 'count',
          title: 'Seconds between the oldest answer that each side hangs on',
          value: ({ apartSeconds }) => apartSeconds,
          cell: ({ apartSeconds }) => (apartSeconds === null ? 'no timestamp' : span(apartSeconds)),
        },
        {
          name: 'Wrong now',
          value: ({ warnings }) => warningText(warnings),
          cell: ({ warnings }) => warningList(warnings),
        },
      ],
      keyOf: ({ venue, market, collateral, debt, collateralFeeds, debtFeeds }) =>
        [venue, market, collateral.address, debt.address, ...collateralFeeds, ...debtFeeds].join(' '),
    },
    state,
  );
}

function priceTable(state: State, assets: readonly PricedAsset[]): Piece {
  return table(
    assets,
    {
      id: 'prices',
      caption: 'Assets with several prices, the most that hangs on one first',
      columns: [
        assetColumn<PricedAsset>(),
        {
          name: 'Prices',
          value: ({ oracles }) =>
            oracles
              .map(({ venues, priceUsd }) => `${venues.map(venueName).join(', ')} ${usdExact(priceUsd)}`)
              .join('; '),
        },
        { name: 'Hangs on them', unit: 'USD', value: ({ pricedUsd }) => pricedUsd },
        {
          name: 'Apart',
          unit: 'ratio',
          title: 'Greatest price ÷ least − 1',
          value: ({ disagreement }) => disagreement,
        },
        {
          name: 'Wrong now',
          value: ({ warnings }) => warningText(warnings),
          cell: ({ warnings }) => warningList(warnings),
        },
      ],
      keyOf: ({ asset }) => asset.address,
    },
    state,
  );
}
