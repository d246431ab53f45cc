import { address } from '../../frame/address.ts';
import { answerOf } from '../../frame/asked.ts';
import { atBlock } from '../../frame/at-block.ts';
import { link } from '../../frame/link.ts';
import { accountPath } from '../../frame/paths.ts';
import { section } from '../../frame/section.ts';
import type { State } from '../../frame/state.ts';
import { table, type Column } from '../../frame/table.ts';
import { counted, percent, price } from '../../format/number.ts';
import { element, type Markup, type Piece } from '../../markup/element.ts';
import { sourcesTable } from '../oracles/sources-table.ts';
import { sourcesWords } from '../oracles/words.ts';
import { venueColumn } from '../venues/column.ts';
import { holders } from './asked.ts';
import type { Holders } from './load.ts';

/** In whose hands the asset is: who has most of it as collateral, and how much of all of it that is. */
export function holdersPanel(state: State): Markup {
  return section({
    id: 'holders',
    title: 'Who has it as collateral',
    loaded: answerOf(state, holders),
    now: state.now,
    body: (value) =>
      value.holders.length === 0
        ? element('p', { class: 'waiting' }, 'Nobody with debt has it as collateral.')
        : [concentration(value), holderTable(state, value), source(state, value)],
  });
}

/** What its markets can absorb: how much sold or bought moves its price by how much. */
export function depthPanel(state: State): Markup {
  return section({
    id: 'depth',
    title: 'What its markets can absorb',
    loaded: answerOf(state, holders),
    now: state.now,
    body: (value) =>
      value.depth === null
        ? element(
            'p',
            { class: 'waiting' },
            'No market of it is known: nobody is known to buy what is seized of it.',
          )
        : [
            depthWords(value, value.depth),
            referenceWords(value),
            sourcesTable(state, [value]),
            depthTable(state, value.depth),
            source(state, value),
          ],
  });
}

function concentration({ concentration: shares, holderAccounts }: Holders): Piece {
  if (shares === null) return undefined;
  const { top1, top5, top10 } = shares;
  const parts = [
    `the largest has ${percent(top1)}`,
    ...(holderAccounts > 1 ? [`the five largest ${percent(top5)}`] : []),
    ...(holderAccounts > 5 ? [`the ten largest ${percent(top10)}`] : []),
  ];
  return element(
    'p',
    { key: 'concentration' },
    `Of ${counted(holderAccounts, 'account')} ${parts.join(', ')}.`,
  );
}

const holderTable = (state: State, { holders: rows }: Holders): Markup =>
  table(
    rows,
    {
      id: 'holders',
      caption: 'Who has most of it as collateral',
      columns: [
        {
          name: 'Owner',
          value: ({ owner }) => owner,
          cell: ({ owner }) => [
            address(owner, state),
            link(
              state,
              accountPath(owner),
              { class: 'look-up', 'aria-label': `All venues of ${owner}` },
              'all venues',
            ),
          ],
        },
        venueColumn(),
        { name: 'Units', unit: 'units', value: ({ amount }) => amount },
        { name: 'Worth', unit: 'USD', value: ({ valueUsd }) => valueUsd },
        { name: 'Share', unit: 'ratio', value: ({ share }) => share },
      ],
      keyOf: ({ venue, owner, market }) => `${venue} ${market} ${owner}`,
    },
    state,
  );

type Depth = NonNullable<Holders['depth']>;

function depthWords({ market }: Holders, { quote, sources, isRequoted }: Depth): Markup {
  const pools = market?.sources.find(({ kind }) => kind === 'pools')?.priceUsd ?? null;
  const stands = pools === null ? '' : ` It stands at ${price(pools)}.`;
  const how = isRequoted
    ? 'Its makers quote anew where the market stands after a shock.'
    : 'Its liquidity stays at its prices when the market moves.';
  return element(
    'p',
    { key: 'sources' },
    `Traded against ${quote.symbol}: ${sources.join(', ')}.${stands} ${how}`,
  );
}

/** What it trades at by all sources, where exchanges are watched: with pools alone that is what these say. */
function referenceWords({ market, marketPriceUsd }: Holders): Piece {
  if (!market?.sources.some(({ kind }) => kind === 'exchange')) return undefined;
  const trades =
    marketPriceUsd === null ? 'What it trades at nobody says' : `It trades at ${price(marketPriceUsd)}`;
  return element('p', { key: 'reference' }, `${trades} by pools and exchanges: ${sourcesWords(market)}.`);
}

const ends: Column<Depth['toMove'][number]> = {
  name: 'Then',
  title: 'Where the known market ends before, nobody is known to trade beyond it',
  value: ({ isEnded }) => (isEnded ? 'the known market ends before' : ''),
};

const depthTable = (state: State, { toMove }: Depth): Markup =>
  table(
    toMove,
    {
      id: 'depth',
      caption: 'What it takes to move its price, fees left out',
      isInOrder: true,
      columns: [
        { name: 'Move', unit: 'move', value: ({ move }) => move },
        { name: 'By', value: ({ move }) => (move < 0 ? 'selling' : 'buying') },
        { name: 'Units', unit: 'units', value: ({ units }) => units },
        { name: 'Worth', unit: 'USD', value: ({ usd }) => usd },
        // Nothing to say of a market that goes on.
        ...(toMove.some(({ isEnded }) => isEnded) ? [ends] : []),
      ],
      keyOf: ({ move }) => move,
    },
    state,
  );

const source = (state: State, { head }: Holders): Markup =>
  element(
    'p',
    { class: 'source', key: 'source', 'data-block': head.block },
    `${atBlock(head.block, state.pinned, answerOf(state, holders).isOpening)}.`,
  );
