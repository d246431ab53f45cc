import { amount, count, health, percent, percentColumn, usd, usdExact } from '../format/number.ts';
import { venueName } from '../format/venue.ts';
import { element, type Markup, type Piece } from '../markup/element.ts';
import { address } from '../page/address.ts';
import { section } from '../page/section.ts';
import type { State } from '../page/state.ts';
import { table } from '../page/table.ts';
import type { Account, AccountPage } from './load.ts';

/** Who stands nearest to the line. */
export function accountsPanel(state: State): Markup {
  return section({
    id: 'accounts',
    title: 'Accounts at risk',
    loaded: state.accounts,
    now: state.now,
    aside: choices(state),
    body: (page) => body(state, page),
  });
}

export const accountKey = ({ venue, market, owner }: Pick<Account, 'venue' | 'market' | 'owner'>): string =>
  `${venue} ${market} ${owner}`;

function choices({ accountChoice, markets }: State): Markup {
  const venues = [...new Set(markets.value?.map(({ venue }) => venue))].sort();
  return element(
    'form',
    { class: 'choices', 'data-act': 'find-owner', role: 'search', 'aria-label': 'Accounts' },
    element(
      'select',
      { 'data-act': 'venue', 'aria-label': 'Venue', value: accountChoice.venue ?? '' },
      element('option', { value: '', key: '' }, 'All venues'),
      venues.map((venue) => element('option', { value: venue, key: venue }, venueName(venue))),
    ),
    element(
      'select',
      { 'data-act': 'order', 'aria-label': 'Order', value: accountChoice.orderBy },
      element('option', { value: 'HEALTH_FACTOR' }, 'Riskiest first'),
      element('option', { value: 'DEBT' }, 'Largest debt first'),
    ),
    element('input', {
      type: 'search',
      name: 'owner',
      placeholder: 'Owner 0x…',
      'aria-label': 'Owner address',
      spellcheck: 'false',
      autocomplete: 'off',
      value: accountChoice.owner,
    }),
    element('button', { type: 'submit' }, 'Find'),
  );
}

function body(state: State, { total, items }: AccountPage): Piece {
  const { accountChoice: choice, openAccounts, pinned } = state;
  if (items.length === 0) {
    return element(
      'p',
      { class: 'waiting' },
      choice.owner === ''
        ? 'No account with debt is known yet.'
        : `${choice.owner} has no position on the watched venues.`,
    );
  }
  const order = choice.orderBy === 'DEBT' ? 'largest debt first' : 'riskiest first';
  const caption =
    choice.owner === ''
      ? `${count(items.length)} of ${count(total)} accounts with debt, ${order}`
      : `Positions of ${choice.owner}`;
  return [
    pinned !== undefined &&
      element('p', { class: 'lead', key: 'now' }, 'Accounts are always those of the newest block.'),
    table(
      caption,
      [
        {
          name: 'Health factor',
          title: 'Threshold-weighted collateral ÷ debt; liquidatable below 1',
          cell: (account) => healthBadge(account, openAccounts.has(accountKey(account))),
        },
        {
          name: 'To the line',
          title: 'How far all its collateral may fall, with the debt unchanged, until the health factor is 1',
          isNumber: true,
          cell: ({ healthFactor }) => (healthFactor < 1 ? 'due' : percentColumn(1 / healthFactor - 1)),
        },
        { name: 'Owner', cell: ({ owner }) => address(owner) },
        { name: 'Venue', cell: ({ venue }) => venueName(venue) },
        { name: 'Collateral', isNumber: true, cell: ({ collateralUsd }) => usd(collateralUsd) },
        { name: 'Debt', isNumber: true, cell: ({ debtUsd }) => usd(debtUsd) },
      ],
      items,
      accountKey,
      (account) => openAccounts.has(accountKey(account)) && legs(account),
    ),
    choice.owner === ''
      ? items.length < total &&
        element('button', { type: 'button', 'data-act': 'more-accounts', key: 'more' }, 'Show more')
      : element('button', { type: 'button', 'data-act': 'all-accounts', key: 'all' }, 'Show all accounts'),
  ];
}

function healthBadge(account: Account, isOpen: boolean): Markup {
  const { healthFactor, owner } = account;
  const level = healthFactor < 1 ? 'due' : healthFactor < 1.05 ? 'near' : 'safe';
  return element(
    'button',
    {
      type: 'button',
      class: `health ${level}`,
      'data-act': 'open-account',
      'data-account': accountKey(account),
      'aria-expanded': isOpen ? 'true' : 'false',
      'aria-label': `Health factor ${health(healthFactor)}, legs of ${owner}`,
      title: isOpen ? 'Hide what it holds and owes' : 'Show what it holds and owes',
    },
    health(healthFactor),
  );
}

function legs(account: Account): Markup {
  return element(
    'tr',
    { key: `${accountKey(account)} legs`, class: 'legs' },
    element(
      'td',
      { colspan: 6 },
      account.market !== '' && element('p', { class: 'market' }, `Market ${account.market}`),
      element(
        'ul',
        {},
        account.legs.map(({ side, amount: units, symbol, valueUsd, liquidationThreshold, asset }) =>
          element(
            'li',
            { class: side === 'DEBT' ? 'debt' : 'collateral' },
            element('span', { class: 'side' }, side === 'DEBT' ? 'owes' : 'holds'),
            element('span', { title: asset }, `${amount(units)} ${symbol}`),
            element('span', { class: 'value' }, usdExact(valueUsd)),
            element('span', { class: 'threshold' }, threshold(side, liquidationThreshold)),
          ),
        ),
      ),
    ),
  );
}

function threshold(side: string, ratio: number): string {
  if (side === 'DEBT') return '';
  return ratio > 0 ? `threshold ${percent(ratio)}` : 'not collateral';
}
