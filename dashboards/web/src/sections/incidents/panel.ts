import { inWords } from '../../format/words.ts';
import { element, type Markup } from '../../markup/element.ts';
import { answerOf } from '../../frame/asked.ts';
import { moment } from '../../frame/moment.ts';
import { section } from '../../frame/section.ts';
import type { State } from '../../frame/state.ts';
import { incidents } from './asked.ts';

/** Whether something goes wrong right now: then it stands at the top of the page, else at its end. */
export function hasOpenIncident(state: State): boolean {
  return answerOf(state, incidents).value?.some(({ resolved }) => !resolved) ?? false;
}

/** What an operator must know of; nothing at all while there is nothing, but on the page of the system. */
export function incidentsPanel(state: State): Markup | undefined {
  const { now } = state;
  const loaded = answerOf(state, incidents);
  const isQuiet = (loaded.value?.length ?? 0) === 0 && !loaded.problem;
  if (isQuiet && state.at.page !== 'system') return undefined;
  return section({
    id: 'incidents',
    title: 'Incidents',
    loaded,
    now,
    body: (list) =>
      list.length === 0
        ? element('p', { class: 'waiting' }, 'None is known.')
        : element(
            'ul',
            { class: 'incidents' },
            list.map(({ time, kind, message, resolved }) =>
              element(
                'li',
                { class: resolved ? 'over' : 'open' },
                element('span', { class: 'badge' }, resolved ? 'over' : 'open'),
                element('b', {}, inWords(kind)),
                ' ',
                moment(time, now),
                element('p', {}, message),
              ),
            ),
          ),
  });
}
