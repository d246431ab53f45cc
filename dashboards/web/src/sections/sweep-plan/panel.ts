import { count, counted } from '../../format/number.ts';
import type { State } from '../../frame/state.ts';
import { term } from '../../glossary/term.ts';
import { element, type Markup } from '../../markup/element.ts';
import { settingsForm } from '../../scenario/settings-form.ts';
import type { PlanChoice } from './choice.ts';
import { planForm } from './form.ts';

/** Which scenarios to run, and the button that runs them. */
export function planPanel(state: State): Markup {
  const { sweep, settings, rejected, sweepDoing, pinned } = state;
  const isStarting = sweepDoing?.what === 'start' && sweepDoing.problem === undefined;
  const problem = sweepDoing?.what === 'start' ? sweepDoing.problem : undefined;
  return element(
    'section',
    { class: 'panel', id: 'sweep-plan', key: 'sweep-plan', 'aria-labelledby': 'sweep-plan-title' },
    element(
      'div',
      { class: 'panel-head' },
      element(
        'div',
        { class: 'panel-title' },
        element('h2', { id: 'sweep-plan-title', tabindex: -1 }, 'Plan'),
      ),
    ),
    element(
      'p',
      { class: 'lead' },
      term('plan', 'A plan'),
      ' says which scenarios are run, each a whole cascade on the book of one block. The same plan on the same block gives the same results.',
    ),
    planForm(state),
    settingsForm(settings, rejected),
    element(
      'div',
      { class: 'choices', key: 'start' },
      element(
        'button',
        { type: 'button', class: 'primary', 'data-act': 'start-sweep', disabled: isStarting },
        isStarting ? 'Starting…' : `Run ${scenariosOf(sweep.plan)}`,
      ),
    ),
    element(
      'p',
      { class: 'source', key: 'where' },
      pinned === undefined ? 'On the newest block.' : `On block ${count(pinned)}, which is pinned.`,
    ),
    problem !== undefined && element('p', { class: 'problem', role: 'alert', key: 'problem' }, problem),
  );
}

/** How many there are, where that is known before they are estimated. */
function scenariosOf({ kind, factors, moves, isProduct, count: many }: PlanChoice): string {
  if (kind === 'historical') return 'every window';
  if (kind !== 'grid') return counted(many, 'scenario');
  return counted(isProduct ? moves.length ** factors.length : moves.length * factors.length, 'scenario');
}
