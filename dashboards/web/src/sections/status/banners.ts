import { count } from '../../format/number.ts';
import { element, type Markup } from '../../markup/element.ts';
import { moment } from '../../frame/moment.ts';
import { answerOf } from '../../frame/asked.ts';
import { newestHead } from '../../frame/newest-head.ts';
import type { State } from '../../frame/state.ts';
import { status } from './asked.ts';

/** What must not be overlooked: data that is not true, old or partial. Loudest first. */
export function banners(state: State): Markup {
  const { connection, now, linkProblems, pinned, refusals } = state;
  const known = answerOf(state, status);
  const { value } = known;
  const isDown = known.problem?.kind === 'down' || (connection === 'lost' && value === undefined);
  const isEmpty = value !== undefined && !newestHead(state);
  return element(
    'div',
    { class: 'banners', key: 'banners' },
    value?.trusted === false &&
      element(
        'div',
        { class: 'banner danger', role: 'alert', key: 'trust' },
        element('b', {}, 'Do not rely on these numbers. '),
        value.reason ?? 'Stored facts are known not to match the chain.',
      ),
    isDown &&
      element(
        'div',
        { class: 'banner warning', key: 'down' },
        // The age changes every second and stays outside of the alert, which would be read out every second.
        element('span', { role: 'alert' }, element('b', {}, 'Reconnecting… '), 'the API does not answer. '),
        known.at === undefined
          ? 'This page fills as soon as it does.'
          : ['What you see is from ', moment(known.at, now), '.'],
      ),
    isEmpty &&
      element(
        'div',
        { class: 'banner', role: 'status', key: 'empty' },
        element('b', {}, 'Indexing. '),
        `No block of ${value.network} is stored yet; the page fills by itself.`,
      ),
    pinned !== undefined &&
      element(
        'div',
        { class: 'banner', role: 'status', key: 'pinned' },
        element('b', {}, `Pinned at block ${count(pinned)}. `),
        'Only the line at the top, liquidations seen on chain and incidents are live.',
      ),
    refusals.map((message) =>
      element(
        'div',
        { class: 'banner warning', role: 'alert', key: `refused ${message}` },
        element('b', {}, 'The API refused: '),
        message,
      ),
    ),
    linkProblems.length > 0 &&
      element(
        'div',
        { class: 'banner warning', role: 'alert', key: 'link' },
        element('b', {}, 'Part of this link could not be read: '),
        `${linkProblems.join('; ')}.`,
      ),
  );
}
