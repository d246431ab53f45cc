import { healthLevel } from '../accounts/health.ts';
import { legList } from '../accounts/legs.ts';
import { coverageWords } from '../../format/coverage.ts';
import { exact } from '../../format/exact.ts';
import { count, counted, health, usd } from '../../format/number.ts';
import { inWords } from '../../format/words.ts';
import { venueName } from '../../format/venue.ts';
import { element, type Markup, type Piece } from '../../markup/element.ts';
import { address } from '../../frame/address.ts';
import { answerOf } from '../../frame/asked.ts';
import { atBlock } from '../../frame/at-block.ts';
import { section } from '../../frame/section.ts';
import type { State } from '../../frame/state.ts';
import { table } from '../../frame/table.ts';
import { venues } from '../venues/asked.ts';
import { lookedUp, owner as asked } from './asked.ts';
import type { Exact, Owner, OwnerAccount } from './load.ts';

/** One address over all venues: what the engine sees of it, and what each venue's own views would say. */
export function accountPanel(state: State): Markup {
  if (lookedUp(state) === undefined) return noAddress(state);
  return section({
    id: 'account',
    title: 'One address over all venues',
    loaded: answerOf(state, asked),
    now: state.now,
    aside: element('div', { class: 'actions' }, address(lookedUp(state) ?? '', state)),
    body: (value) => body(state, value),
  });
}

/** What stands in the path is no address. */
const noAddress = ({ at }: State): Markup =>
  element(
    'div',
    { class: 'panel', key: 'none' },
    element(
      'p',
      { class: 'problem', role: 'alert' },
      `“${at.parts['address']}” is not an address: 0x and 40 hexadecimal digits.`,
    ),
  );

function body(state: State, owner: Owner): Piece {
  const { accounts, coverage, head } = owner;
  const watched = (answerOf(state, venues).value ?? []).map(({ id }) => id);
  const block = atBlock(head.block, state.pinned, answerOf(state, asked).isOpening);
  return [
    element('p', { class: 'headline', key: 'headline' }, headline(owner, watched)),
    element(
      'p',
      { class: 'source', key: 'source', 'data-block': head.block },
      `${block}. ${coverageWords(coverage)}`,
      coverage.gaps.length === 0
        ? '.'
        : `; ${counted(coverage.gaps.length, 'gap')} under Coverage, where an account of this address may be too.`,
    ),
    accounts.length > 0 &&
      element(
        'div',
        { class: 'cards', key: 'cards' },
        accounts.map((account) => accountCard(state, account)),
      ),
  ];
}

function headline({ accounts, address: who, ...totals }: Owner, watched: readonly string[]): string {
  if (accounts.length === 0) {
    const where = watched.length > 0 ? `: ${watched.map(venueName).join(', ')}` : '';
    return `${who} has no position on the watched venues${where}.`;
  }
  const venues = new Set(accounts.map(({ venue }) => venue)).size;
  const what = `${counted(accounts.length, 'account')} at ${counted(venues, 'venue')}`;
  const money = `${usd(totals.collateralUsd)} of backing for ${usd(totals.debtUsd)} owed`;
  return totals.lowestHealthFactor === null
    ? `${what}, none with debt in the model.`
    : `${what}: ${money}, lowest health factor ${health(totals.lowestHealthFactor)}.`;
}

function accountCard(state: State, account: OwnerAccount): Markup {
  const { venue, mechanism, version, market, summary, exact: reading, reason } = account;
  const key = `${venue} ${market}`;
  const label = summary?.label || market;
  const name = `${venueName(venue)}${label === '' ? '' : `, ${label}`}`;
  return element(
    'article',
    { class: 'account-card', key, 'aria-label': name },
    element(
      'header',
      {},
      element('h3', {}, venueName(venue)),
      element('span', { class: 'source' }, `${inWords(mechanism)}, release ${version}`),
      summary !== null &&
        element(
          'b',
          {
            class: `badge health-${healthLevel(summary.healthFactor)}`,
            title: 'Health factor: what backs it ÷ what it must back, one measure for all venues',
          },
          `health ${health(summary.healthFactor)}`,
        ),
    ),
    label !== '' && element('p', { class: 'market', title: market }, label),
    summary
      ? [
          element(
            'p',
            { class: 'source' },
            `${usd(summary.collateralUsd)} backs ${usd(summary.debtUsd)} owed`,
          ),
          legList(summary.legs),
        ]
      : element('p', { class: 'source' }, 'Not in the model: it owes nothing, or is left out.'),
    reading !== null && liquidationPrices(state, reading, name),
    reading !== null && figures(state, reading, { name, healthFactor: summary?.healthFactor }),
    reason !== null && element('p', { class: 'problem' }, `No exact figures: ${reason}.`),
  );
}

function liquidationPrices(
  state: State,
  { liquidationPrices: prices, healthFactorWad }: Exact,
  name: string,
): Piece {
  if (prices.length === 0) {
    return healthFactorWad === null
      ? element('p', { class: 'source' }, 'Nothing to liquidate: it has nothing to back.')
      : element('p', { class: 'source' }, 'No price of a single feed alone makes it liquidatable.');
  }
  return table(
    prices,
    {
      id: `liquidation-prices ${name}`,
      caption: `Liquidatable when one feed alone answers so, ${name}`,
      columns: [
        {
          name: 'Feed',
          value: ({ description }) => description,
          cell: ({ description, asset }) => element('span', { title: asset.address }, description),
          also: [{ name: 'Asset', value: ({ asset }) => asset.address }],
        },
        {
          ...{
            name: 'Answer',
            unit: 'units',
            value: ({ answer, decimals }) => Number(answer) / 10 ** decimals,
          },
          cell: ({ answer, presentAnswer, decimals }) => [
            element('span', { title: `${answer} as an integer` }, exact(answer, decimals)),
            element(
              'small',
              {},
              presentAnswer === null ? 'no answer now' : `now ${exact(presentAnswer, decimals)}`,
            ),
          ],
          also: [
            { name: 'Answer as an integer', value: ({ answer }) => BigInt(answer) },
            {
              name: 'Present answer as an integer',
              value: ({ presentAnswer }) => (presentAnswer === null ? null : BigInt(presentAnswer)),
            },
            { name: 'Decimals', value: ({ decimals }) => decimals },
          ],
        },
        { name: 'Move', unit: 'move', value: ({ move }) => move },
      ],
      keyOf: ({ asset, description }) => `${asset.address} ${description}`,
    },
    state,
  );
}

/** Whether a venue's own measure would be read as another number than the engine's. */
const isAnother = (wad: string, healthFactor: number | undefined): healthFactor is number =>
  healthFactor !== undefined && Math.abs(Number(wad) / 1e18 / healthFactor - 1) > 0.001;

/** Integers as the contracts return them, so that anyone can ask the contracts and compare. */
function figures(
  state: State,
  { figures: list, healthFactorWad }: Exact,
  { name, healthFactor }: { readonly name: string; readonly healthFactor: number | undefined },
): Markup {
  return element(
    'details',
    { open: true, class: 'exact-figures' },
    element('summary', {}, `Exact figures (${count(list.length)})`),
    healthFactorWad !== null &&
      element(
        'p',
        { class: 'source' },
        'By the venue’s own measure ',
        element('code', {}, exact(healthFactorWad, 18)),
        ', liquidatable below 1. ',
        isAnother(healthFactorWad, healthFactor) &&
          `That is another ratio than the health factor ${health(healthFactor)} above, which is made alike for all venues: both pass 1 at the same prices, elsewhere they differ.`,
      ),
    table(
      list,
      {
        id: `figures ${name}`,
        caption: `What the contracts of ${name} return at this block`,
        isInOrder: true,
        columns: [
          {
            name: 'View',
            value: ({ view }) => view,
            cell: ({ view, label }) => [element('code', {}, view), element('small', {}, label)],
            also: [{ name: 'Meaning', value: ({ label }) => label }],
          },
          {
            name: 'Value, and the integer',
            title: 'As the contract returns it',
            unit: 'units',
            value: ({ value, decimals }) => Number(value) / 10 ** decimals,
            also: [
              { name: 'Integer', value: ({ value }) => BigInt(value) },
              { name: 'Decimals', value: ({ decimals }) => decimals },
              { name: 'Unit', value: ({ unit }) => unit },
            ],
            cell: ({ value, decimals, unit }) => [
              `${exact(value, decimals)}${unit === '' ? '' : ` ${unit}`}`,
              element('small', { title: `${decimals} decimals` }, element('code', {}, value)),
            ],
          },
        ],
        keyOf: ({ view, label }) => `${view} ${label}`,
      },
      state,
    ),
  );
}
