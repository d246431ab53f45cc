import { blockOf } from '../../frame/asked.ts';
import type { State } from '../../frame/state.ts';
import { element, type Markup } from '../../markup/element.ts';

/** A question that shows how lists are read: by pages, which stay at the block of the first. */
export const EXAMPLE =
  '{ accounts(first: 3, orderBy: debt) { head { block } bookHash nodes { venue owner healthFactor debtUsd } pageInfo { endCursor } } }';

/** How programs ask: where, and an example that can be tried at once. */
export function programsPanel(state: Pick<State, 'origin' | 'pinned' | 'screen'>): Markup {
  const address = `${state.origin}/graphql`;
  const block = blockOf(state);
  const command = `curl -s ${address} -H 'content-type: application/json' -d '{"query": "${EXAMPLE}"}'`;
  return element(
    'section',
    { id: 'programs', key: 'programs', class: 'panel', 'aria-labelledby': 'programs-title' },
    element('h2', { id: 'programs-title', tabindex: -1 }, 'For programs'),
    element(
      'p',
      { class: 'lead' },
      'All that the pages show comes from one GraphQL address, which says itself what it answers. Anything can be asked of any stored block, and every answer that is computed has the hash of its book: equal hash, equal numbers.',
    ),
    copyable(address, 'Address'),
    copyable(command, 'Command'),
    element(
      'p',
      {},
      element('a', { href: '/graphiql' }, 'Try questions in the browser'),
      ', with the schema beside them.',
    ),
    element(
      'p',
      { class: 'source' },
      'The whole book, to compute with elsewhere, is written by whoever has indexed this chain:',
    ),
    copyable(`undertow export ${block === undefined ? '' : `--block ${block} `}--out book.json`, 'Export'),
  );
}

const copyable = (text: string, what: string): Markup =>
  element(
    'p',
    { class: 'copyable', key: what },
    element('code', {}, text),
    element(
      'button',
      {
        type: 'button',
        'data-act': 'copy',
        'data-text': text,
        'data-what': what,
        'aria-label': `Copy: ${text}`,
      },
      'Copy',
    ),
  );
