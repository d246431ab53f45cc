import { whyNotTaken } from '../../frame/rejected.ts';
import type { State } from '../../frame/state.ts';
import { percent } from '../../format/number.ts';
import { element, type Attribute, type Markup, type Piece } from '../../markup/element.ts';
import { FIELDS_OF, MOST_SCENARIOS, textsOf, type PlanChoice, type PlanKind } from './choice.ts';

/** What the form says when it was not taken. */
export const PLAN_BOX = 'plan of a sweep';

const KINDS: Readonly<Record<PlanKind, string>> = {
  grid: 'Moves that I give: a grid',
  'student-t': 'Drawn, by volatilities that I give',
  fitted: 'Drawn, as stored prices moved',
  historical: 'What happened, once more',
  filtered: 'What happened, at today’s volatility',
};

/** Which scenarios: where they come from, what moves, how many. Each change is in the address at once. */
export function planForm({ sweep: { plan }, rejected }: State): Markup {
  const texts = textsOf(plan);
  const reads = FIELDS_OF[plan.kind];
  const box = (
    name: (typeof reads)[number],
    label: string,
    attributes: Readonly<Record<string, Attribute>> = {},
  ): Piece =>
    reads.includes(name) &&
    field(
      name,
      label,
      element('input', { name, autocomplete: 'off', value: texts[name], ...NUMBERS[name], ...attributes }),
    );
  return element(
    'form',
    { class: 'sweep-plan', 'data-act': 'choose-plan', key: 'form', novalidate: true },
    element(
      'div',
      { class: 'fields' },
      field(
        'plan',
        'Scenarios',
        element(
          'select',
          { name: 'plan', value: plan.kind },
          Object.entries(KINDS).map(([kind, words]) => element('option', { value: kind, key: kind }, words)),
        ),
      ),
      plan.kind === 'student-t'
        ? box('move', 'What moves, and its volatility in a year', { value: volatilitiesOf(plan) })
        : box('move', 'What moves', { value: plan.factors.map(({ what }) => what).join(', ') }),
      box('falls', 'By how much', { value: plan.moves.map((move) => percent(move, 2)).join(', ') }),
      reads.includes('combined') &&
        field(
          'combined',
          'Of several',
          element(
            'select',
            { name: 'combined', value: texts.combined },
            element('option', { value: 'no' }, 'each by itself'),
            element('option', { value: 'yes' }, 'every combination'),
          ),
        ),
      box('correlation', 'Correlation of every two'),
      box('degrees', 'Degrees of freedom: 4 for fat tails, 1,000 for none'),
      box('horizon', 'Horizon'),
      box('every', 'Stored prices every'),
      box('count', 'How many'),
      box('seed', 'Seed: another, another sample'),
    ),
    whyNotTaken(rejected, PLAN_BOX),
  );
}

const volatilitiesOf = ({ factors }: PlanChoice): string =>
  factors.map(({ what, volatility }) => `${what} ${percent(volatility, 2)}`).join(', ');

const NUMBERS: Readonly<Record<string, Readonly<Record<string, Attribute>>>> = {
  correlation: { type: 'number', step: 'any', min: -1, max: 1 },
  degrees: { type: 'number', step: 'any', min: 2 },
  count: { type: 'number', step: 1, min: 1, max: MOST_SCENARIOS },
  seed: { type: 'number', step: 1, min: 0 },
};

const field = (name: string, label: string, control: Piece): Piece =>
  element('label', { class: 'field', key: name }, element('span', {}, label), control);
