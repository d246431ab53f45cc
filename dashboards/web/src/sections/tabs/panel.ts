import { answerOf } from '../../frame/asked.ts';
import type { State } from '../../frame/state.ts';
import { count } from '../../format/number.ts';
import { element, type Markup } from '../../markup/element.ts';
import { TABS, type Tab } from '../../scenario/tabs.ts';
import { cascade } from '../cascade/asked.ts';

export const tabOf = ({ tab }: Pick<State, 'tab'>): Tab => tab ?? 'result';

/** Which part of the scenario's answer is shown: tabs as ARIA has them, of which one can be reached by the Tab key. */
export function tabList(state: State): Markup {
  const chosen = tabOf(state);
  const { value } = answerOf(state, cascade);
  const many: Partial<Record<Tab, number>> = value
    ? { rounds: value.rounds.length, hit: value.accounts }
    : {};
  return element(
    'div',
    { class: 'tabs', key: 'tabs', role: 'tablist', 'aria-label': 'What the scenario does' },
    TABS.map(({ id, name }) =>
      element(
        'button',
        {
          ...{ key: id, type: 'button', role: 'tab', id: `tab-${id}`, 'aria-controls': 'tab-panel' },
          ...{ 'data-act': 'tab', 'data-tab': id, tabindex: id === chosen ? 0 : -1 },
          'aria-selected': id === chosen ? 'true' : 'false',
        },
        name,
        many[id] !== undefined && element('small', {}, count(many[id])),
      ),
    ),
  );
}
