import { amount, count, moveColumn, times, usd, usdExact } from '../format/number.ts';
import { venueName } from '../format/venue.ts';
import { element, type Markup, type Piece } from '../markup/element.ts';
import { address } from '../page/address.ts';
import { sourceLine } from '../page/at-block.ts';
import { section } from '../page/section.ts';
import { themeOf, type State } from '../page/state.ts';
import { table } from '../page/table.ts';
import { fixedAssetsSentence } from '../scenario/fixed-assets.ts';
import { scenarioForm } from '../scenario/form.ts';
import { cascadeChart, venueLegend } from './chart.ts';
import { cascadeHeadline, shocksInWords } from './headline.ts';
import type { Cascade, Round } from './load.ts';
import { groupName, priceGroups } from './price-paths.ts';
import { recompute } from './recompute.ts';

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
      isBehind && ` The heatmap is of block ${count(heatmap.value.head.block)}; this follows.`,
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
    hit && tables(cascade),
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

function tables(cascade: Cascade): Piece {
  const what = shocksInWords(cascade.shocks, cascade.volatilityShock);
  return [
    fold(
      'rounds',
      `Rounds (${count(cascade.rounds.length)})`,
      [roundTable(cascade, what), severalTimes(cascade)],
      true,
    ),
    fold('venues', `By venue (${count(cascade.byVenue.length)})`, venueTable(cascade, what)),
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

/** Why the accounts of the rounds add up to more than there are. */
function severalTimes({ rounds, accounts }: Cascade): Piece {
  const times = rounds.reduce((sum, round) => sum + round.accounts, 0);
  if (times === accounts) return undefined;
  return element(
    'p',
    { class: 'source' },
    `The rounds name ${count(times)} accounts, but only ${count(accounts)} are liquidated: some are hit in several rounds.`,
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
      ...priceGroups(cascade).map((group) => ({
        name: groupName(group),
        title: `Price of ${group.symbols.join(', ')} after the round, against before the shock`,
        isNumber: true,
        cell: ({ index }: Round) => moveColumn(group.points[index]),
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
