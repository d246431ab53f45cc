import { count, health, percent, percentColumn } from '../../format/number.ts';
import { venueName } from '../../format/venue.ts';
import { term } from '../../glossary/term.ts';
import { element, type Markup, type Piece } from '../../markup/element.ts';
import { address } from '../../frame/address.ts';
import { answerOf } from '../../frame/asked.ts';
import { atBlock } from '../../frame/at-block.ts';
import { link } from '../../frame/link.ts';
import { section } from '../../frame/section.ts';
import type { State } from '../../frame/state.ts';
import { table } from '../../frame/table.ts';
import { venues } from '../venues/asked.ts';
import { accounts, choiceOf } from './asked.ts';
import { venueColumn } from '../venues/column.ts';
import { venueIdOf } from '../venues/venue-of.ts';
import { healthLevel } from './health.ts';
import { legList } from './legs.ts';
import { RISKY_FALL, type Account, type AccountChoice, type AccountPage } from './load.ts';

/** Who stands nearest to the line. */
export function accountsPanel(state: State): Markup {
  return section({
    id: 'accounts',
    title: state.accountChoice.isAtRisk ? 'Accounts at risk' : 'Accounts with debt',
    loaded: answerOf(state, accounts),
    now: state.now,
    aside: choices(state),
    body: (page) => body(state, page),
  });
}

export const accountKey = ({ venue, market, owner }: Pick<Account, 'venue' | 'market' | 'owner'>): string =>
  `${venue} ${market} ${owner}`;

function choices(state: State): Markup {
  const { accountChoice } = state;
  return element(
    'div',
    { class: 'choices', role: 'group', 'aria-label': 'Which accounts' },
    venueIdOf(state) === undefined &&
      element(
        'select',
        { 'data-act': 'venue', 'aria-label': 'Venue', value: accountChoice.venue ?? '' },
        element('option', { value: '', key: '' }, 'All venues'),
        answerOf(state, venues).value?.map(({ id }) =>
          element('option', { value: id, key: id }, venueName(id)),
        ),
      ),
    element(
      'select',
      {
        'data-act': 'order',
        'aria-label': 'Order',
        value: `${accountChoice.isAtRisk ? '' : 'ALL '}${accountChoice.orderBy}`,
      },
      element('option', { value: 'health' }, 'At risk, nearest first'),
      element('option', { value: 'debt' }, 'At risk, largest debt first'),
      element('option', { value: 'ALL debt' }, 'All with debt, largest first'),
    ),
  );
}

function body(state: State, { totalCount: total, nodes: items, head }: AccountPage): Piece {
  const { openAccounts, pinned } = state;
  const choice = choiceOf(state);
  if (items.length === 0) {
    return element(
      'p',
      { class: 'waiting' },
      `No account ${choice.isAtRisk ? 'at risk' : 'with debt'} is known ${placeInWords(choice)}${choice.isAtRisk ? `: none that is due when all that backs it falls by ${percent(-RISKY_FALL)} or less` : ''}.`,
    );
  }
  const order = choice.orderBy === 'debt' ? 'largest debt first' : 'riskiest first';
  const [inVenues, isOfOneVenue] = [venueColumn<Account>(), venueIdOf(state) !== undefined];
  const caption = `${count(items.length)} of ${count(total)} accounts ${which(choice)}, ${order}`;
  return [
    element(
      'p',
      { class: 'source', key: 'measure', 'data-block': head.block },
      `${atBlock(head.block, pinned, answerOf(state, accounts).isOpening)}. `,
      term('health factor', 'Health factor'),
      ' is one measure for all venues: what backs an account ÷ what it must back. A venue’s own ratio may read otherwise, but passes 1 at the same prices.',
    ),
    table(
      items,
      {
        id: 'accounts',
        caption,
        columns: [
          {
            name: 'Health factor',
            unit: 'health',
            value: ({ healthFactor }) => healthFactor,
            title: 'What backs the account ÷ what it must back; liquidatable below 1',
            cell: (account) => healthBadge(account, openAccounts.has(accountKey(account))),
          },
          {
            name: 'To the line',
            title:
              'How far all that backs it may fall, with what it owes unchanged, until the health factor is 1',
            unit: 'move',
            value: ({ healthFactor }) => 1 / healthFactor - 1,
            cell: ({ healthFactor }) => (healthFactor < 1 ? 'due' : percentColumn(1 / healthFactor - 1)),
          },
          {
            name: 'Owner',
            value: ({ owner }) => owner,
            cell: ({ owner }) => [address(owner, state), lookUp(state, owner)],
            // Where all are of one venue the page says so, and only files name it.
            ...(isOfOneVenue && { also: [inVenues, ...(inVenues.also ?? [])] }),
          },
          ...(isOfOneVenue ? [] : [inVenues]),
          {
            name: 'Collateral',
            unit: 'USD',
            value: ({ collateralUsd }) => collateralUsd,
            also: [
              { name: 'Market', value: ({ market }) => market },
              { name: 'Market label', value: ({ label }) => label },
            ],
          },
          { name: 'Debt', unit: 'USD', value: ({ debtUsd }) => debtUsd },
        ],
        keyOf: accountKey,
        below: (account) => openAccounts.has(accountKey(account)) && legs(account, isOfOneVenue ? 5 : 6),
      },
      state,
    ),
    items.length < total &&
      element('button', { type: 'button', 'data-act': 'more-accounts', key: 'more' }, 'Show more'),
  ];
}

const placeInWords = ({ venue, market }: AccountChoice): string => {
  if (venue === undefined) return 'yet';
  return market === undefined ? `at ${venueName(venue)}` : `in this market of ${venueName(venue)}`;
};

/** Which accounts are listed, in words. */
const which = ({ isAtRisk }: State['accountChoice']) =>
  isAtRisk ? `that are due when all that backs them falls by ${percent(-RISKY_FALL)} or less` : 'with debt';

function healthBadge(account: Account, isOpen: boolean): Markup {
  const { healthFactor, owner } = account;
  return element(
    'button',
    {
      type: 'button',
      class: `health ${healthLevel(healthFactor)}`,
      'data-act': 'open-account',
      'data-account': accountKey(account),
      'aria-expanded': isOpen ? 'true' : 'false',
      'aria-label': `Health factor ${health(healthFactor)}, legs of ${owner}`,
      title: isOpen ? 'Hide what it holds and owes' : 'Show what it holds and owes',
    },
    health(healthFactor),
  );
}

function legs(account: Account, columns: number): Markup {
  return element(
    'tr',
    { key: `${accountKey(account)} legs`, class: 'legs' },
    element(
      'td',
      { colspan: columns },
      account.label !== '' &&
        element('p', { class: 'market', title: account.market }, `Market ${account.label}`),
      legList(account.legs),
    ),
  );
}

/** Leads to everything that an owner has, at all venues. */
function lookUp(state: State, owner: string): Markup {
  return link(
    state,
    `/accounts/${owner}`,
    {
      ...{ class: 'look-up', 'aria-label': `All venues of ${owner}` },
      title: 'Everything this owner has, at all venues',
    },
    'all venues',
  );
}
