import { element, type Markup } from '../../markup/element.ts';
import { moment } from '../../frame/moment.ts';
import { section } from '../../frame/section.ts';
import type { State } from '../../frame/state.ts';

/** Whether something goes wrong right now: then it stands at the top of the page, else at its end. */
export function hasOpenIncident({ incidents }: State): boolean {
  return incidents.value?.some(({ resolved }) => !resolved) ?? false;
}

/** What an operator must know of; nothing at all while there is nothing. */
export function incidentsPanel({ incidents, now }: State): Markup | undefined {
  if (incidents.value?.length === 0 && !incidents.problem) return undefined;
  if (incidents.value === undefined && !incidents.problem) return undefined;
  return section({
    id: 'incidents',
    title: 'Incidents',
    loaded: incidents,
    now,
    body: (list) =>
      element(
        'ul',
        { class: 'incidents' },
        list.map(({ time, kind, message, resolved }) =>
          element(
            'li',
            { class: resolved ? 'over' : 'open' },
            element('span', { class: 'badge' }, resolved ? 'over' : 'open'),
            element('b', {}, kind),
            ' ',
            moment(time, now),
            element('p', {}, message),
          ),
        ),
      ),
  });
}
