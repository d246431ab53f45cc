import { answerOf } from '../../frame/asked.ts';
import { link } from '../../frame/link.ts';
import { section } from '../../frame/section.ts';
import type { State } from '../../frame/state.ts';
import { element, type Markup } from '../../markup/element.ts';
import { venues } from '../venues/asked.ts';
import { itemsOf } from './items.ts';

/** What to act on, each with where to look; when there is nothing, so. */
export function attentionPanel(state: State): Markup {
  return section({
    id: 'attention',
    title: 'What to act on',
    loaded: answerOf(state, venues),
    now: state.now,
    body: () => {
      const items = itemsOf(state);
      if (items.length === 0)
        return element(
          'p',
          { class: 'waiting' },
          'Nothing: no account is due, no incident is open, no price is flagged, and nothing is known to be missing.',
        );
      return element(
        'ul',
        { class: 'attention' },
        items.map(({ key, level, words, more, path }) =>
          element(
            'li',
            { key, class: level },
            link(state, path, {}, words),
            element('p', { class: 'source' }, more),
          ),
        ),
      );
    },
  });
}
