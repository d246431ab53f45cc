import { move as signed, price, times } from '../format/number.ts';
import { element, type Markup, type Piece } from '../markup/element.ts';
import { boxed, marked, whyNotTaken, type Rejected } from '../frame/rejected.ts';
import { rowOf, shockFactor, type KnownRow } from './assets.ts';
import { LARGEST_RISE, type Move, type Settings } from './scenario.ts';
import { settingsForm } from './settings-form.ts';

export interface ScenarioForm {
  readonly moves: readonly Move[];
  readonly settings: Settings;
  readonly known: readonly KnownRow[];
  /** Ready-made scenarios, each with its address. */
  readonly ready: readonly { readonly name: string; readonly href: string }[];
  /** What no oracle follows. */
  readonly fixed: string | undefined;
  readonly rejected: Rejected | undefined;
}

/** What moves: ready-made scenarios, names that people type, sliders; and who acts how. */
export function scenarioForm({ moves, settings, known, ready, fixed, rejected }: ScenarioForm): Markup {
  return element(
    'div',
    { class: 'scenario', key: 'scenario' },
    element('h3', {}, 'What moves'),
    chips(moves),
    typedMoves(known, rejected),
    whyNotTaken(rejected, 'moves'),
    element(
      'div',
      { class: 'presets', role: 'group', 'aria-label': 'Ready-made scenarios' },
      ready.map(({ name, href }) => element('a', { href, key: name }, name)),
    ),
    element(
      'details',
      { key: 'own', id: 'own-scenario' },
      element('summary', {}, 'By sliders'),
      note(
        'tied',
        'A move is all told: what is tied to a reference moves along with it, and by its own number alone where it has one (a depeg). The price is the one right after the move.',
      ),
      element(
        'div',
        { class: 'sliders' },
        known.map((row) => rowSlider(row, { moves, known, rejected })),
        volatilitySlider(settings.volatility, rejected),
      ),
      note(
        'volatility',
        'Volatility changes what it costs to close a written option, not who is due: what a writer must put up does not depend on it.',
      ),
      fixed !== undefined && note('fixed', fixed),
      element('button', { type: 'button', 'data-act': 'clear', key: 'clear' }, 'Move nothing'),
    ),
    settingsForm(settings, rejected),
  );
}

/** Each move, to be taken out again by a click. */
function chips(moves: readonly Move[]): Piece {
  if (moves.length === 0) return note('none', 'Nothing moves.');
  return element(
    'ul',
    { class: 'chips', key: 'chips', 'aria-label': 'Moves of this scenario' },
    moves.map(({ what, move }) =>
      element(
        'li',
        { key: what },
        element('span', { title: what }, `${what} ${signed(move)}`),
        element(
          'button',
          {
            type: 'button',
            'data-act': 'remove-move',
            'data-what': what,
            'aria-label': `Do not move ${what}`,
          },
          '×',
        ),
      ),
    ),
  );
}

/** Names as people type them, with those known as suggestions. */
function typedMoves(known: readonly KnownRow[], rejected: Rejected | undefined): Markup {
  const assets = [...new Set(known.flatMap(({ family }) => family))];
  const names = [
    ...new Set([...known.map(({ name }) => name), ...assets]),
    ...['oracle', 'market'].flatMap((kind) => assets.map((symbol) => `${kind}:${symbol}`)),
  ];
  return element(
    'form',
    { class: 'typed', 'data-act': 'type-moves', key: 'typed' },
    element('input', {
      ...{ type: 'text', name: 'moves', list: 'movable', autocomplete: 'off', spellcheck: 'false' },
      ...{ placeholder: 'ETH -30%, oracle:wstETH -3%', 'aria-label': 'What moves, and by how much' },
      ...marked(rejected, 'moves'),
      title:
        'A reference or asset (ETH, wstETH, 0x…); market:CRV, where it trades; rate:wstETH, what it is redeemed for; oracle:wstETH or oracle:<venue>/wstETH, what venues believe; feed:ETH / USD; landed 100%, all oracles at what their assets trade at. Several between commas.',
    }),
    element(
      'datalist',
      { id: 'movable' },
      names.map((name) => element('option', { value: `${name} `, key: name })),
    ),
    element('button', { type: 'submit' }, 'Move'),
  );
}

const note = (key: string, words: string) => element('p', { class: 'source', key }, words);

function rowSlider(
  row: KnownRow,
  { moves, known, rejected }: Pick<ScenarioForm, 'moves' | 'known' | 'rejected'>,
): Markup {
  const { name, symbol, priceUsd, tiedTo, family } = row;
  const ratio = moves.find((one) => rowOf(one, known) === row)?.move ?? 0;
  const factor = shockFactor(row, moves, known);
  return slider({
    key: name,
    name: [
      element('span', { title: family.join(', ') }, symbol),
      tiedTo !== null && element('small', {}, `depeg from ${tiedTo}`),
    ],
    ...{ ratio, spoken: symbol, act: 'shock', what: name, range: { min: -95, max: 95, step: 1 } },
    ...{ rejected, at: `shock ${name}` },
    result: element(
      'span',
      { class: factor === 1 ? 'result' : 'result moved', title: `Now ${price(priceUsd)}` },
      `→ ${price(priceUsd * factor)}`,
    ),
  });
}

/** Options are priced and closed by it; a fall usually brings a rise of it. */
const volatilitySlider = (volatility: number, rejected: Rejected | undefined): Markup =>
  slider({
    key: 'volatility',
    name: element('span', { title: 'All implied volatilities of option venues' }, 'Volatility'),
    ...{ ratio: volatility, spoken: 'implied volatility', act: 'volatility' },
    // As far up as down would leave out the doubling that a crash brings: 0 stands at a third, where style/ marks it.
    range: { min: -90, max: 180, step: 5 },
    ...{ rejected, at: 'volatility' },
    result: element(
      'span',
      { class: volatility === 0 ? 'result' : 'result moved' },
      volatility === 0 ? 'as it is' : `→ ${times(1 + volatility)} of now`,
    ),
  });

interface Slider {
  readonly key: string;
  readonly name: Piece;
  readonly ratio: number;
  /** What moves, for screen readers. */
  readonly spoken: string;
  readonly act: string;
  readonly what?: string;
  readonly range: { readonly min: number; readonly max: number; readonly step: number };
  readonly result: Markup;
  readonly rejected: Rejected | undefined;
  /** The name of its box among those that may be rejected. */
  readonly at: string;
}

function slider({ key, name, ratio, spoken, act, what, range, result, rejected, at }: Slider): Markup {
  const common = { 'data-act': act, 'data-what': what };
  // Written last: a range cuts its value to the limits that it has by then.
  const value = Number((ratio * 100).toFixed(2));
  return element(
    'div',
    { class: 'slider', key },
    element('span', { class: 'name' }, name),
    element('input', {
      ...common,
      type: 'range',
      ...range,
      'aria-label': `Move of ${spoken}, percent`,
      value,
    }),
    element(
      'span',
      { class: 'percent' },
      element('input', {
        ...{ ...common, type: 'number', min: -99, max: LARGEST_RISE * 100, step: 'any' },
        'aria-label': `Move of ${spoken} in percent`,
        ...boxed(rejected, at, value),
      }),
      '%',
    ),
    result,
    whyNotTaken(rejected, at),
  );
}
