import { count } from '../../format/number.ts';
import { venueName } from '../../format/venue.ts';
import { answerOf } from '../../frame/asked.ts';
import { whyNotTaken } from '../../frame/rejected.ts';
import { choiceField, formField } from '../../frame/form-field.ts';
import type { State } from '../../frame/state.ts';
import { term } from '../../glossary/term.ts';
import { element, type Attribute, type Markup } from '../../markup/element.ts';
import { kindName } from '../advices/words.ts';
import { markets } from '../markets/asked.ts';
import { reportLink } from '../report-form/address.ts';
import { venues } from '../venues/asked.ts';
import { ADVICE_BOX } from './actions.ts';
import { PARAMETER_KINDS, USUAL_ADVICE, type AdviceField } from './choice.ts';

const choice = choiceField<AdviceField>;

/** Which parameters to advise, and what may be lost. */
export function formPanel(state: State): Markup {
  const { adviceDoing, pinned, rejected } = state;
  const isStarting = adviceDoing?.what === 'start' && adviceDoing.problem === undefined;
  const problem = adviceDoing?.what === 'start' ? adviceDoing.problem : undefined;
  return element(
    'section',
    { class: 'panel', id: 'advice-form', key: 'advice-form', 'aria-labelledby': 'advice-form-title' },
    element(
      'div',
      { class: 'panel-head' },
      element(
        'div',
        { class: 'panel-title' },
        element('h2', { id: 'advice-form-title', tabindex: -1 }, 'Compute advices'),
      ),
    ),
    element(
      'p',
      { class: 'lead' },
      term('advice', 'An advice'),
      ' is the value with most borrowing power at which the ',
      term('expected shortfall'),
      ' through whole cascades stays within the tolerance. Nothing is sent to any chain.',
    ),
    form(state),
    whyNotTaken(rejected, ADVICE_BOX),
    element(
      'div',
      { class: 'choices', key: 'start' },
      element(
        'button',
        { type: 'button', class: 'primary', 'data-act': 'start-advice', disabled: isStarting },
        isStarting ? 'Starting…' : 'Advise',
      ),
    ),
    element(
      'p',
      { class: 'source', key: 'where' },
      pinned === undefined ? 'On the newest block.' : `On block ${count(pinned)}, which is pinned.`,
    ),
    problem !== undefined && element('p', { class: 'problem', role: 'alert', key: 'problem' }, problem),
    reportLink(state, { kind: 'proposal' }),
  );
}

function form(state: State): Markup {
  const { texts } = state.advice;
  const box = (name: AdviceField, label: string, attributes: Readonly<Record<string, Attribute>> = {}) =>
    formField(
      name,
      label,
      element('input', { name, autocomplete: 'off', value: texts[name], ...attributes }),
    );
  return element(
    'form',
    { class: 'sweep-plan', 'data-act': 'choose-advice', key: 'form', novalidate: true },
    element(
      'div',
      { class: 'fields' },
      choice('at', 'Venue', {
        value: texts.at,
        options: [
          ['', 'all'],
          ...(answerOf(state, venues).value ?? []).map(({ id }) => [id, venueName(id)] as const),
        ],
      }),
      box('on', 'Market, or an asset’s symbol', { list: 'advice-markets', placeholder: 'all' }),
      choice('parameter', 'Parameter', {
        value: texts.parameter,
        options: [['', 'all'], ...PARAMETER_KINDS.map((kind) => [kind, kindName(kind)] as const)],
      }),
      box('tolerate', 'Tolerance: 0.1% of what is borrowed, or USD'),
      box('confidence', 'Confidence'),
      box('over', 'Horizon'),
      box('volatilities', 'Volatilities in a year, or empty: as stored prices moved', {
        placeholder: 'such as ETH 70%, BTC 50%',
      }),
      choice('limits', 'Limits of the steward', { value: texts.limits, options: LIMITS_OPTIONS }),
      texts.limits === 'own' && [
        box('step', 'Largest step of a ratio, in points'),
        box('apart', 'Steps are at least apart'),
      ],
    ),
    element(
      'details',
      { key: 'more', open: MORE.some((name) => texts[name] !== USUAL_ADVICE[name]) },
      element('summary', {}, 'Losses that count, owners, backtest'),
      element(
        'div',
        { class: 'fields' },
        choice('losses', 'Losses that count', { value: texts.losses, options: LOSSES_OPTIONS }),
        choice('owners', 'When terms change, owners', { value: texts.owners, options: OWNERS_OPTIONS }),
        box('draws', 'Scenarios', { inputmode: 'numeric' }),
        box('dates', 'Backtest through cascades: dates of the past', { inputmode: 'numeric' }),
      ),
      element('p', { class: 'source', key: 'costs' }, COSTS),
    ),
    marketNames(state),
  );
}

const LOSSES_OPTIONS = [
  ['', 'as fits the tolerance'],
  ['all_venues', 'all, anywhere'],
  ['venue', 'those of the venue'],
  ['added', 'what the market adds to all'],
] as const;
const OWNERS_OPTIONS = [
  ['keep_health', 'stay as safe as before'],
  ['keep_debt', 'pay nothing back: liquidators act at once'],
] as const;
const LIMITS_OPTIONS = [
  ['', 'none: no steps'],
  ['aave-v3-agrs', 'Aave v3 steward: 0.5 points, 3 d'],
  ['aave-v4-agrs', 'Aave v4 steward: 0.5 points, 3 d'],
  ['own', 'own limits'],
] as const;
const MORE = ['losses', 'owners', 'draws', 'dates'] as const;
const COSTS =
  'As fits: of a tolerance in USD all losses count, of a share those that the market adds. Owners who stay as safe pay back, or borrow more, until they are as far from the line as before. Advised thresholds are held against stored prices in any case. Through cascades the advice itself is made and held again at each date, which takes as long as an advice each; 0 is none.';

/** Which markets there are at the venue that is chosen, to pick one while typing. */
function marketNames(state: State): Markup {
  const { at } = state.advice.texts;
  const labels = (answerOf(state, markets).value ?? [])
    .filter(({ venue }) => at === '' || venue === at)
    .map(({ label }) => label);
  return element(
    'datalist',
    { id: 'advice-markets', key: 'markets' },
    [...new Set(labels)].map((label) => element('option', { value: label, key: label })),
  );
}
