import { answerOf } from '../../frame/asked.ts';
import { sourceLine } from '../../frame/at-block.ts';
import { scenarioAddress } from '../../frame/carried.ts';
import { link } from '../../frame/link.ts';
import { venuePath } from '../../frame/paths.ts';
import { section } from '../../frame/section.ts';
import type { State } from '../../frame/state.ts';
import { percent, usd } from '../../format/number.ts';
import { venueName } from '../../format/venue.ts';
import { element, type Markup, type Piece } from '../../markup/element.ts';
import { DEFAULT_SETTINGS } from '../../scenario/scenario.ts';
import { scenarioInWords } from '../../scenario/words.ts';
import { sentencesOf } from '../cascade/headline.ts';
import { headline, quotedFall } from './asked.ts';
import type { Headline } from './load.ts';

/** What would be lost now if what most of the money hangs on fell as risk desks quote it, and who would bear it. */
export function headlinePanel(state: State): Markup {
  const loaded = answerOf(state, headline);
  return section({
    id: 'headline',
    title: titleOf(state),
    loaded,
    now: state.now,
    body: (value) => {
      const [first = '', ...others] = sentencesOf(value.headline);
      return [
        element(
          'p',
          { class: 'headline', key: 'headline' },
          element('span', { class: 'of' }, `${scenarioInWords(value.scenario)}: `),
          first,
        ),
        others.length > 0 && element('p', { class: 'headline-more', key: 'more' }, others.join(' ')),
        bearers(state, value),
        element(
          'p',
          { class: 'actions', key: 'open' },
          element('a', { class: 'button', href: scenarioOf(state, value) }, 'Open this scenario'),
        ),
        sourceLine(value, { pinned: state.pinned, loaded }),
      ];
    },
  });
}

function titleOf(state: State): string {
  const fall = quotedFall(state);
  return fall ? `If ${fall.what} fell by ${percent(-fall.move)} now` : 'If it happened now';
}

const scenarioOf = (state: State, { scenario: { moves } }: Headline): string =>
  scenarioAddress(state, { moves, settings: DEFAULT_SETTINGS, overrides: [] });

/** The venues with the largest losses, and who bears them. */
function bearers(state: State, { waterfall }: Headline): Piece {
  const most = waterfall.toSorted((a, b) => b.lossUsd - a.lossUsd).slice(0, 4);
  if (most.length === 0) return undefined;
  return element(
    'ul',
    { class: 'bearers', key: 'bearers', 'aria-label': 'Who bears it' },
    most.map((one) =>
      element(
        'li',
        { key: one.venue },
        link(state, venuePath(one.venue), { title: one.venue }, venueName(one.venue)),
        element('b', {}, usd(one.lossUsd)),
        element('small', {}, bearersOf(one)),
      ),
    ),
    waterfall.length > most.length &&
      element('li', { key: 'more' }, `and ${waterfall.length - most.length} more with less`),
  );
}

function bearersOf({ lossUsd, ...parts }: Headline['waterfall'][number]): string {
  const named = [
    ['borne by its funds', parts.fundUsd],
    ['spread over others there', parts.socialisedUsd],
    ['left, covered by nobody', parts.leftUsd],
    ['of open accounts, not realised', parts.openUsd],
  ] as const;
  return named
    .filter(([, part]) => part > lossUsd * 0.005)
    .map(([name, part]) => (part > lossUsd * 0.995 ? name : `${name} ${usd(part)}`))
    .join(', ');
}
