import { count, counted, share, usd } from '../../format/number.ts';
import { utc } from '../../format/time.ts';
import { element, type Markup, type Piece } from '../../markup/element.ts';
import { explorerLink } from '../../frame/explorer.ts';
import { moment } from '../../frame/moment.ts';
import { answerOf } from '../../frame/asked.ts';
import { link } from '../../frame/link.ts';
import type { NavigationLink } from '../../frame/navigation-links.ts';
import { newestHead } from '../../frame/newest-head.ts';
import { placeOf } from '../../frame/place-of.ts';
import type { State } from '../../frame/state.ts';
import { scenarioInWords } from '../../scenario/words.ts';
import { searchBox } from '../search/box.ts';
import { status } from './asked.ts';
import { gapLists } from './gap-lists.ts';
import type { Status } from './load.ts';

const CONNECTION = { opening: 'connecting…', live: 'live', lost: 'reconnecting…' } as const;
const NEXT_THEME = { auto: 'light', light: 'dark', dark: 'auto' } as const;

/** On every page: who we are, where one can go, where the chain stands, which scenario is carried along, how much is covered. */
export function header(state: State, navigation: readonly NavigationLink[]): Markup {
  const { connection, themeChoice } = state;
  const { value } = answerOf(state, status);
  const head = newestHead(state);
  return element(
    'header',
    { class: 'top', key: 'top' },
    element('button', { type: 'button', class: 'skip', 'data-act': 'skip' }, 'Skip to the content'),
    element(
      'div',
      { class: 'top-row', key: 'where' },
      link(
        state,
        '/',
        { class: 'brand', 'aria-label': 'Undertow, overview' },
        logo(),
        element('span', { class: 'spare' }, 'Undertow'),
      ),
      element(
        'nav',
        { 'aria-label': 'Pages' },
        navigation.map(({ pages, path, name }) =>
          link(state, path, { key: path, 'aria-current': currentOf(state, path, pages) }, name),
        ),
      ),
      searchBox(state),
      element(
        'button',
        { type: 'button', class: 'theme', 'data-act': 'theme', 'data-theme': NEXT_THEME[themeChoice] },
        element('span', { class: 'spare' }, 'Theme: '),
        themeChoice,
      ),
    ),
    element(
      'div',
      { class: 'top-row standing', key: 'standing' },
      element(
        'span',
        { class: 'network', title: head ? `Chain id ${head.chainId}` : undefined },
        value?.network ?? '…',
      ),
      element(
        'span',
        { class: 'head', 'data-block': head?.block },
        head
          ? [
              element('span', { class: 'of-block' }, 'block '),
              element('b', { title: head.hash }, count(head.block)),
              explorerLink(state, 'block', head.block),
              element('span', { class: 'age' }, ' · ', headAge(state, head.time)),
            ]
          : 'no block yet',
        onScreen(state, head?.block),
      ),
      element('span', { class: `connection ${connection}`, role: 'status' }, CONNECTION[connection]),
      pinButton(state),
      element(
        'button',
        {
          type: 'button',
          class: 'copy-link',
          key: 'copy-link',
          'data-act': 'copy-link',
          title: 'The address of what is on screen; pin the block first, so that it shows the same later',
        },
        'Copy link',
      ),
      element(
        'span',
        { class: 'carried' },
        scenarioChip(state),
        value
          ? coverageButton(value)
          : element('button', { type: 'button', class: 'coverage', disabled: true }, 'Coverage …'),
      ),
    ),
    value && coverageList(value),
  );
}

/** Whether one is on the page that a link leads to, or on one within it. */
function currentOf({ at }: State, path: string, pages: readonly string[]): 'page' | 'true' | undefined {
  if (!pages.includes(at.page ?? '')) return undefined;
  return at.path === path ? 'page' : 'true';
}

/** Holds all that has a block at the one on screen, or lets it go. */
function pinButton(state: State): Piece {
  const { pinned } = state;
  if (pinned !== undefined)
    return element(
      'button',
      { type: 'button', class: 'pin', key: 'pin', 'data-act': 'unpin', 'aria-pressed': 'true' },
      `Pinned at ${count(pinned)} – go live`,
    );
  const block = placeOf(state)?.block;
  return element(
    'button',
    {
      type: 'button',
      class: 'pin',
      key: 'pin',
      'data-act': 'pin',
      'data-block': block,
      disabled: block === undefined,
    },
    'Pin',
    element('span', { class: 'spare' }, block === undefined ? ' block' : ` block ${count(block)}`),
  );
}

/** The scenario that is carried from page to page, in words. */
function scenarioChip(state: State): Markup {
  const { moves, settings, overrides, scenarioProblems } = state;
  const words =
    scenarioProblems.length > 0
      ? 'scenario cannot be read'
      : moves === undefined
        ? 'no scenario yet'
        : scenarioInWords({ moves, volatilityMove: settings.volatility, depthFactor: settings.depth });
  const terms = overrides.length === 0 ? '' : `, ${counted(overrides.length, 'changed term')}`;
  return link(
    state,
    '/scenario',
    { class: 'chip', key: 'chip', title: 'The scenario that goes along from page to page' },
    moves !== undefined && element('span', { class: 'spare' }, 'Scenario '),
    element('b', {}, `${words}${terms}`),
  );
}

/** Where the screen stands, while it is not at the newest block. */
function onScreen(state: State, newest: number | undefined): Piece {
  const block = placeOf(state)?.block;
  if (block === undefined || block === newest) return undefined;
  return element('span', { class: 'on-screen', key: 'screen' }, ` · on screen: ${count(block)}`);
}

/** A chain whose clock is days away from ours, as a test chain's is: then the age is since the page heard of the block. */
const OTHER_CLOCK = 86_400;

function headAge({ head, heardAt, now }: State, time: number): Piece {
  if (Math.abs(now - time) < OTHER_CLOCK || !head) return moment(time, now);
  return element(
    'span',
    { title: `The clock of the chain says ${utc(time)}` },
    'heard ',
    moment(heardAt, now),
  );
}

/** The share is of valued debt alone: gaps without a value are counted beside it, so that 100 % does not hide them. */
function coverageButton({ coverage }: Status): Markup {
  const unvalued = coverage.gaps.filter(({ debtUsd }) => debtUsd === null).length;
  const isPartial = coverage.share < 1 || unvalued > 0;
  const shown = `${share(coverage.share)}${unvalued > 0 ? ` + ${count(unvalued)} not valued` : ''}`;
  // An accessible name holds the words on screen, so that who speaks them reaches the button (WCAG 2.5.3).
  const label = `Coverage ${shown}: the share of the valued debt, and ${counted(unvalued, 'gap')} without a value`;
  return element(
    'button',
    {
      ...{ type: 'button', class: `coverage ${isPartial ? 'partial' : ''}`, popovertarget: 'coverage' },
      'aria-label': unvalued > 0 ? label : undefined,
    },
    'Coverage ',
    element('b', {}, shown),
  );
}

function coverageList({ coverage, facts, finalityDepth, head }: Status): Markup {
  return element(
    'div',
    {
      id: 'coverage',
      class: 'card',
      popover: 'auto',
      key: 'coverage',
      role: 'dialog',
      'aria-labelledby': 'coverage-title',
    },
    element('h2', { id: 'coverage-title' }, 'What the numbers speak of'),
    element(
      'p',
      {},
      head !== null && `Live, at block ${count(head.block)}: `,
      `${usd(coverage.modelledDebtUsd)} of ${usd(coverage.knownDebtUsd)} known debt is priced and modelled, in `,
      `${count(coverage.accounts)} accounts, from ${count(facts)} facts. Blocks are final after ${count(finalityDepth)}.`,
    ),
    coverage.gaps.length === 0
      ? element('p', {}, 'Nothing is known to be missing.')
      : gapLists(coverage.gaps),
    element('button', { type: 'button', popovertarget: 'coverage', popovertargetaction: 'hide' }, 'Close'),
  );
}

/** A wave that turns under. */
function logo(): Markup {
  return element(
    'svg',
    { class: 'logo', viewBox: '0 0 32 32', width: 26, height: 26, 'aria-hidden': 'true' },
    element('rect', { width: 32, height: 32, rx: 8, fill: '#0b4f8a' }),
    element('path', {
      d: 'M3 19c5 0 5-8 11-8 6 0 8 5 5 8-2 2-5 1-5-1M14 24c6 1 9-4 15-4',
      fill: 'none',
      stroke: '#fff',
      'stroke-width': 2.6,
      'stroke-linecap': 'round',
    }),
  );
}
