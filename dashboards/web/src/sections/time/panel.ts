import { count } from '../../format/number.ts';
import { minute } from '../../format/time.ts';
import { answerOf } from '../../frame/asked.ts';
import { section } from '../../frame/section.ts';
import type { State } from '../../frame/state.ts';
import { element, type Markup, type Piece } from '../../markup/element.ts';
import { storedBlocks } from './asked.ts';
import type { StoredBlock } from './load.ts';
import { blockWords, placeOfBlock } from './words.ts';

/** The way back to any stored block: everything on the page, and on the pages it leads to, is then of that block. */
export function timePanel(state: State): Markup {
  return section({
    id: 'time',
    title: 'Back in time',
    loaded: answerOf(state, storedBlocks),
    now: state.now,
    lead: element(
      'p',
      { class: 'lead', key: 'lead' },
      'Every number is computed again at the block that you choose, and stays there from page to page, until you go live again.',
    ),
    body: (blocks) => body(blocks, state.pinned),
  });
}

function body(blocks: readonly StoredBlock[], pinned: number | undefined): Piece {
  const [oldest] = blocks;
  const newest = blocks.at(-1);
  if (!oldest || !newest || blocks.length < 2)
    return element('p', { class: 'waiting' }, 'There is no earlier block yet.');
  const place = pinned === undefined ? blocks.length - 1 : placeOfBlock(blocks, pinned);
  const words = pinned === undefined ? 'the newest block, live' : blockWords(blocks[place]!);
  return element(
    'div',
    { class: 'time-slider', key: 'slider' },
    element('output', { for: 'time-range' }, words),
    element('input', {
      id: 'time-range',
      type: 'range',
      min: 0,
      max: blocks.length - 1,
      step: 1,
      value: place,
      'data-places': 'time-places',
      'data-act': 'go-to-time',
      'aria-label': 'Block to show',
      'aria-valuetext': words,
    }),
    element(
      'datalist',
      { id: 'time-places' },
      blocks.map((block, row) =>
        element('option', {
          key: row,
          value: row,
          label: row === blocks.length - 1 ? 'the newest block, live' : blockWords(block),
        }),
      ),
    ),
    element(
      'p',
      { class: 'source ends' },
      element('span', {}, `${count(oldest.block)}, ${minute(oldest.time)}`),
      element('span', {}, `${count(newest.block)}, ${minute(newest.time)}`),
    ),
  );
}
