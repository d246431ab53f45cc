import { answerOf } from '../../frame/asked.ts';
import { atBlock } from '../../frame/at-block.ts';
import { scenarioAddress } from '../../frame/carried.ts';
import { section } from '../../frame/section.ts';
import type { State } from '../../frame/state.ts';
import { element, type Markup, type Piece } from '../../markup/element.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { scenarioInWords } from '../../scenario/words.ts';
import { cascadeBelow } from '../cascade/shown.ts';
import { readyMade } from '../editor/asked.ts';
import { comparedTotals, comparedVenues, isSame } from '../what-if/compare.ts';
import { compareTable } from '../what-if/compare-table.ts';
import { otherCascade } from './asked.ts';
import type { OtherCascade } from './load.ts';

/** Two scenarios side by side: the one on screen and another, which the address has too. */
export function comparePanel(state: State): Markup {
  const { other, now } = state;
  if (!other) return beginning(state);
  return section({
    id: 'compare',
    title: 'Compare',
    loaded: answerOf(state, otherCascade),
    now,
    aside: element(
      'div',
      { class: 'actions' },
      element('button', { type: 'button', 'data-act': 'swap' }, 'Swap A and B'),
      element('button', { type: 'button', 'data-act': 'no-other' }, 'Stop comparing'),
    ),
    body: (value) => sideBySide(state, other, value),
  });
}

/** How to begin: another scenario is chosen, or the present one is kept and changed. */
function beginning(state: State): Markup {
  return element(
    'section',
    { class: 'panel', id: 'compare', key: 'compare', 'aria-labelledby': 'compare-title' },
    element('div', { class: 'panel-head' }, element('h2', { id: 'compare-title', tabindex: -1 }, 'Compare')),
    element('p', { class: 'lead' }, 'Two scenarios side by side. Compare the one on screen with:'),
    element(
      'div',
      { class: 'presets', role: 'group', 'aria-label': 'Scenarios to compare with' },
      readyMade(state).map(({ name, moves, depth }) => {
        const settings = depth === undefined ? state.settings : { ...state.settings, depth };
        const other = { moves, settings, overrides: state.overrides };
        return element('a', { key: name, href: scenarioAddress(state, { other }) }, name);
      }),
    ),
    element(
      'p',
      { class: 'lead' },
      'Or ',
      element(
        'button',
        { type: 'button', 'data-act': 'keep-as-other', disabled: state.moves === undefined },
        'keep it as B',
      ),
      ' and change it: moves, who acts, depth or terms.',
    ),
  );
}

const inWords = ({ moves, settings, overrides }: Scenario): string =>
  [
    scenarioInWords({ moves, volatilityMove: settings.volatility, depthFactor: settings.depth }),
    ...overrides,
  ].join('; ');

function sideBySide(state: State, other: Scenario, theOther: OtherCascade): Piece {
  const { value: own, isOpening, behind } = cascadeBelow(state);
  if (!own || isOpening || behind || own.head.block !== theOther.head.block)
    return element('p', { class: 'waiting' }, 'Waiting for the scenario on screen at the same block…');
  const [totals, venues] = [comparedTotals(own, theOther), comparedVenues(own, theOther)];
  const side = (name: string, what: string, headline: string) =>
    element('div', { key: name }, element('h3', {}, `${name}: ${what}`), element('p', {}, headline));
  const present = { moves: state.moves ?? [], settings: state.settings, overrides: state.overrides };
  const named = { before: 'A', after: 'B' };
  return [
    element(
      'div',
      { class: 'sides', key: 'sides' },
      side('A', inWords(present), own.headline),
      side('B', inWords(other), theOther.headline),
    ),
    isSame(totals) && element('p', { class: 'source', key: 'same' }, 'They read the same in every figure.'),
    compareTable(state, totals, { id: 'compare', caption: 'Both scenarios, and B less A', ...named }),
    element(
      'details',
      { key: 'venues', id: 'compare-venues' },
      element('summary', {}, 'By venue'),
      compareTable(state, venues, {
        ...{ id: 'compare-venues', caption: 'Both scenarios by venue, and B less A' },
        ...named,
      }),
    ),
    element(
      'p',
      { class: 'source', key: 'source', 'data-block': theOther.head.block },
      `${atBlock(theOther.head.block, state.pinned, false)}.`,
    ),
  ];
}
