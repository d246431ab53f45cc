import { count } from '../format/number.ts';
import { exportablesIn } from '../export/exportable.ts';
import { exportMenu } from '../export/menu.ts';
import { originOf } from '../export/origin.ts';
import { element, type Markup, type Piece } from '../markup/element.ts';
import type { Loaded } from './loaded.ts';
import { moment } from './moment.ts';

interface Section<Value> {
  readonly id: string;
  readonly title: string;
  readonly loaded: Loaded<Value>;
  readonly now: number;
  /** What stands beside the title. */
  readonly aside?: Piece;
  /** What stands under the title whatever the data. */
  readonly lead?: Piece;
  /** What stands there while nothing is known and nothing is wrong. */
  readonly waiting?: string;
  readonly body: (value: Value) => Piece;
}

/** A part of the page with its four faces: opening, failed, stale (old data and why), and its content. */
export function section<Value>({
  id,
  title,
  loaded,
  now,
  aside,
  lead,
  waiting = 'Loading…',
  body,
}: Section<Value>): Markup {
  const { value, problem, at, behind } = loaded;
  const isOpening = loaded.isOpening || behind !== undefined;
  const drawn = value === undefined ? undefined : body(value);
  const origin = originOf(loaded);
  const files = exportablesIn(drawn).map((one) => ({ ...one, origin }));
  return element(
    'section',
    {
      id,
      key: id,
      // Until it is answered it has about the room that it will need: see `style/rooms.css`.
      class: value === undefined && problem === undefined ? 'panel opening' : 'panel',
      'aria-labelledby': `${id}-title`,
      'aria-busy': isOpening ? 'true' : 'false',
    },
    element(
      'div',
      { class: 'panel-head' },
      element(
        'div',
        { class: 'panel-title' },
        element('h2', { id: `${id}-title`, tabindex: -1 }, title),
        isOpening &&
          value !== undefined &&
          element('span', { class: 'busy', key: 'busy' }, whatIsUnderWay(loaded)),
      ),
      aside,
      exportMenu({ id, title }, files),
    ),
    lead,
    problem !== undefined &&
      element(
        'p',
        {
          class: 'problem',
          key: 'problem',
          role: (problem.kind === 'refused' || problem.kind === 'link') && 'alert',
        },
        whatIsWrong(loaded, now),
      ),
    value === undefined
      ? problem === undefined && element('p', { class: 'waiting', key: 'waiting' }, waiting)
      : element(
          'div',
          {
            key: 'body',
            class: `panel-body${problem ? ' old' : behind ? ' behind' : ''}`,
            'data-at': at && Math.floor(at),
          },
          drawn,
        ),
  );
}

/** Which block the answer below is of, where the screen has gone on. */
function whatIsUnderWay({ behind }: Loaded<unknown>): string {
  if (!behind) return 'loading…';
  const stands = behind.stands === undefined ? 'an earlier block' : `block ${count(behind.stands)}`;
  return `still ${stands}, reading ${count(behind.reads)}…`;
}

function whatIsWrong({ problem, value, at }: Loaded<unknown>, now: number): Piece {
  if (problem?.kind === 'link') return problem.message;
  if (problem?.kind === 'told')
    return value === undefined
      ? `No answer: ${problem.message}.`
      : `No newer answer: ${problem.message}. Below, in grey, is the one before.`;
  if (problem?.kind === 'refused') {
    return value === undefined
      ? `The API refused: ${problem.message}`
      : `The API refused; below, in grey, is the answer before: ${problem.message}`;
  }
  const reason = `${problem?.message ?? 'no answer'}; trying again`;
  return value === undefined || at === undefined
    ? `No data yet: ${reason}.`
    : ['Stale, from ', moment(at, now), ` – ${reason}. Grey until then.`];
}
