import { amount, count, percent, moveColumn, times, usd, usdExact } from '../format/number.ts';
import { venueName } from '../format/venue.ts';
import { element, type Markup, type Piece } from '../markup/element.ts';
import { address } from '../page/address.ts';
import { section } from '../page/section.ts';
import { themeOf, type State } from '../page/state.ts';
import { table } from '../page/table.ts';
import { scenarioForm } from '../scenario/form.ts';
import { cascadeChart, venueLegend } from './chart.ts';
import { cascadeHeadline, shocksInWords } from './headline.ts';
import type { Cascade, Round } from './load.ts';
import { pricePaths } from './price-paths.ts';

/** One cascade: the sentence, the picture, the tables. */
export function cascadePanel(state: State): Markup {
  const { cascade, now, shocks, pinned, heatmap } = state;
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
    lead: scenarioForm({ shocks: shocks ?? [], volatility: state.volatility }, heatmap.value?.rows ?? []),
    body: (value) => body(state, value),
  });
}

function body(state: State, cascade: Cascade): Piece {
  const theme = themeOf(state);
  const width = state.widths['cascade'] ?? 0;
  const venues = cascade.byVenue.map(({ venue }) => venue);
  const hit = cascade.accounts > 0;
  return [
    element('p', { class: 'headline', key: 'headline' }, cascadeHeadline(cascade)),
    element(
      'p',
      { class: 'source', key: 'source', 'data-book': cascade.bookHash, 'data-block': cascade.head.block },
      `At block ${count(cascade.head.block)}, book ${cascade.bookHash.slice(0, 10)}. `,
      `Covers ${percent(Math.floor(cascade.coverage.share * 1000) / 1000)} of known debt.`,
    ),
    hit && figures(cascade),
    hit &&
      element(
        'div',
        { class: 'plot', 'data-measure-width': 'cascade', key: 'plot' },
        venueLegend(venues, theme),
        width > 0 && cascadeChart({ cascade, theme, width }),
      ),
    hit && tables(cascade),
  ];
}

function figures(cascade: Cascade): Markup {
  const { liquidatedUsd, repaidUsd, badDebtUsd, liquidatorProfitUsd, amplification } = cascade;
  const list: [string, string, string][] = [
    ['Liquidated', usd(liquidatedUsd), usdExact(liquidatedUsd)],
    ['Debt repaid', usd(repaidUsd), usdExact(repaidUsd)],
    ['Bad debt', usd(badDebtUsd), usdExact(badDebtUsd)],
    [
      'Profit',
      usd(liquidatorProfitUsd),
      `${usdExact(liquidatorProfitUsd)} is what liquidators earn; negative = they lose`,
    ],
    ['Amplification', times(amplification), 'Value liquidated in all rounds ÷ in the first'],
  ];
  return element(
    'dl',
    { class: 'figures', key: 'figures' },
    list.map(([name, value, title]) =>
      element('div', { title }, element('dt', {}, name), element('dd', {}, value)),
    ),
  );
}

function tables(cascade: Cascade): Piece {
  const what = shocksInWords(cascade.shocks, cascade.volatilityShock);
  return [
    fold('rounds', `Rounds (${count(cascade.rounds.length)})`, roundTable(cascade, what), true),
    fold('venues', `By venue (${count(cascade.byVenue.length)})`, venueTable(cascade, what), true),
    fold('assets', `By asset (${count(cascade.byAsset.length)})`, assetTable(cascade, what)),
    fold('hit', `Accounts hit (${count(cascade.accounts)})`, accountTable(cascade, what)),
  ];
}

function fold(id: string, title: string, content: Piece, isOpen = false): Markup {
  return element(
    'details',
    { key: id, id: `cascade-${id}`, open: isOpen },
    element('summary', {}, title),
    content,
  );
}

function roundTable(cascade: Cascade, what: string): Markup {
  return table(
    `Rounds of ${what}`,
    [
      { name: 'Round', cell: ({ index }) => count(index) },
      { name: 'Accounts', isNumber: true, cell: ({ accounts }) => count(accounts) },
      { name: 'Liquidated', isNumber: true, cell: ({ liquidatedUsd }) => usd(liquidatedUsd) },
      { name: 'Repaid', isNumber: true, cell: ({ repaidUsd }) => usd(repaidUsd) },
      { name: 'Bad debt', isNumber: true, cell: ({ badDebtUsd }) => usd(badDebtUsd) },
      ...pricePaths(cascade).map(({ symbol, points }) => ({
        name: symbol,
        title: `Price of ${symbol} after the round, against before the shock`,
        isNumber: true,
        cell: ({ index }: Round) => moveColumn(points[index]),
      })),
    ],
    cascade.rounds,
    ({ index }) => index,
  );
}

function venueTable({ byVenue }: Cascade, what: string): Markup {
  return table(
    `Losses by venue, ${what}`,
    [
      { name: 'Venue', cell: ({ venue }) => venueName(venue) },
      { name: 'Accounts', isNumber: true, cell: ({ accounts }) => count(accounts) },
      { name: 'Liquidated', isNumber: true, cell: ({ liquidatedUsd }) => usd(liquidatedUsd) },
      { name: 'Repaid', isNumber: true, cell: ({ repaidUsd }) => usd(repaidUsd) },
      { name: 'Bad debt', isNumber: true, cell: ({ badDebtUsd }) => usd(badDebtUsd) },
    ],
    byVenue,
    ({ venue }) => venue,
  );
}

function assetTable({ byAsset }: Cascade, what: string): Markup {
  return table(
    `Price and flow by asset, ${what}`,
    [
      { name: 'Asset', cell: ({ symbol, asset }) => element('span', { title: asset }, symbol) },
      { name: 'Price before', isNumber: true, cell: ({ priceBeforeUsd }) => usdExact(priceBeforeUsd) },
      { name: 'Price after', isNumber: true, cell: ({ priceAfterUsd }) => usdExact(priceAfterUsd) },
      {
        name: 'Move',
        isNumber: true,
        cell: ({ priceBeforeUsd, priceAfterUsd }) =>
          moveColumn(priceBeforeUsd > 0 ? priceAfterUsd / priceBeforeUsd - 1 : null),
      },
      {
        name: 'Seized',
        title: 'Units taken from accounts',
        isNumber: true,
        cell: ({ seized }) => amount(seized),
      },
      { name: 'Sold', title: 'Units sold into depth', isNumber: true, cell: ({ sold }) => amount(sold) },
      {
        name: 'Bought',
        title: 'Units bought back to repay debt',
        isNumber: true,
        cell: ({ bought }) => amount(bought),
      },
      {
        name: 'Unsold',
        title: 'Units that no known market could take',
        isNumber: true,
        cell: ({ unsold }) => amount(unsold),
      },
    ],
    byAsset,
    ({ asset }) => asset,
  );
}

function accountTable({ byAccount, accounts }: Cascade, what: string): Markup {
  const shown =
    byAccount.length < accounts
      ? `The ${count(byAccount.length)} largest of ${count(accounts)} accounts hit`
      : 'Accounts hit';
  return table(
    `${shown}, ${what}`,
    [
      { name: 'Owner', cell: ({ owner }) => address(owner) },
      { name: 'Venue', cell: ({ venue }) => venueName(venue) },
      {
        name: 'Round',
        title: 'The first round in which it is liquidated',
        isNumber: true,
        cell: ({ firstRound }) => count(firstRound),
      },
      { name: 'Liquidated', isNumber: true, cell: ({ liquidatedUsd }) => usd(liquidatedUsd) },
      { name: 'Repaid', isNumber: true, cell: ({ repaidUsd }) => usd(repaidUsd) },
      { name: 'Bad debt', isNumber: true, cell: ({ badDebtUsd }) => usd(badDebtUsd) },
    ],
    byAccount,
    ({ venue, owner, market }) => `${venue} ${market} ${owner}`,
  );
}
