import { count } from '../../format/number.ts';
import { atBlock } from '../../frame/at-block.ts';
import { blockOf } from '../../frame/asked.ts';
import type { State } from '../../frame/state.ts';
import { element, type Markup, type Piece } from '../../markup/element.ts';
import type { Download } from './download.ts';
import { DATA_SETS, type DataSet } from './sets.ts';

/** What can be loaded down whole, and how far it is. */
export function downloadsPanel(state: State): Markup {
  const block = blockOf(state);
  return element(
    'section',
    { id: 'downloads', key: 'downloads', class: 'panel', 'aria-labelledby': 'downloads-title' },
    element('h2', { id: 'downloads-title', tabindex: -1 }, 'Downloads'),
    element(
      'p',
      { class: 'lead' },
      'Whole lists, read page by page at one block, with every digit. Rows say block, hash of block and book, and address.',
      block !== undefined && ` ${atBlock(block, state.pinned, false)}.`,
    ),
    element(
      'ul',
      { class: 'downloads' },
      DATA_SETS.map((one) => line(one, state.download)),
    ),
  );
}

function line(one: DataSet, download: Download | undefined): Markup {
  const own = download?.set === one.id ? download : undefined;
  const isUnderWay = own !== undefined && own.problem === undefined;
  return element(
    'li',
    { key: one.id, 'aria-busy': isUnderWay ? 'true' : 'false' },
    element('div', {}, element('b', {}, one.title), element('p', { class: 'source' }, one.about)),
    isUnderWay ? progress(one, own) : formats(one),
    own?.problem !== undefined &&
      element('p', { class: 'problem', role: 'alert', key: 'problem' }, `Not loaded: ${own.problem}.`),
  );
}

const formats = ({ id, title }: DataSet): Piece =>
  element(
    'span',
    { class: 'formats', key: 'formats' },
    (['csv', 'json'] as const).map((format) =>
      element(
        'button',
        {
          type: 'button',
          'data-act': 'download',
          'data-set': id,
          'data-format': format,
          'aria-label': `${format.toUpperCase()} of all ${title.toLowerCase()}`,
        },
        format.toUpperCase(),
      ),
    ),
  );

const progress = ({ of, title }: DataSet, { done, total }: Download): Piece =>
  element(
    'span',
    { class: 'formats', key: 'progress' },
    element('progress', {
      max: total ?? 1,
      value: total === undefined ? undefined : done,
      'aria-label': title,
    }),
    element(
      'span',
      { class: 'source' },
      total === undefined ? 'reading…' : `${count(done)} of ${count(total)} ${of}`,
    ),
    element('button', { type: 'button', 'data-act': 'cancel-download' }, 'Cancel'),
  );
