import { answerOf } from '../../frame/asked.ts';
import { marked, whyNotTaken } from '../../frame/rejected.ts';
import type { State } from '../../frame/state.ts';
import { element, type Markup } from '../../markup/element.ts';
import { exposures } from '../exposure/asked.ts';
import { markets } from '../markets/asked.ts';
import { venues } from '../venues/asked.ts';
import { foundBy, type Found } from './found.ts';

const LIST = 'search-found';

/** What the text in the box names now. */
export function foundIn(state: State): readonly Found[] {
  const text = state.search?.text ?? '';
  return foundBy(text, {
    venues: answerOf(state, venues).value ?? [],
    markets: answerOf(state, markets).value ?? [],
    assets: answerOf(state, exposures).value?.assets ?? [],
  });
}

/** Finds addresses, assets, venues and markets: a combobox as ARIA has it, whose list is walked by arrows and touched. */
export function searchBox(state: State): Markup {
  const { search, rejected } = state;
  const found = search ? foundIn(state) : [];
  const at = Math.min(search?.at ?? 0, found.length - 1);
  const isOpen = found.length > 0;
  return element(
    'form',
    {
      class: 'find',
      'data-act': 'search',
      role: 'search',
      'aria-label': 'Addresses, assets, venues, markets',
    },
    element('input', {
      ...{ type: 'search', name: 'search', id: 'search', role: 'combobox', value: search?.text ?? '' },
      ...{
        placeholder: 'Address, asset, venue',
        'aria-label': 'Find an address, an asset, a venue or a market',
      },
      ...{ spellcheck: 'false', autocomplete: 'off', autocapitalize: 'off' },
      ...{ 'aria-autocomplete': 'list', 'aria-controls': LIST, 'aria-expanded': isOpen ? 'true' : 'false' },
      'aria-activedescendant': isOpen && `found-${at}`,
      ...marked(rejected, 'search'),
    }),
    element(
      'ul',
      { id: LIST, role: 'listbox', 'aria-label': 'Found', class: 'found', hidden: !isOpen },
      found.map(({ kind, name, more, path }, i) =>
        element(
          'li',
          {
            ...{ key: path, role: 'option', id: `found-${i}`, 'aria-selected': i === at ? 'true' : 'false' },
            ...{ 'data-act': 'found', 'data-path': path },
          },
          element('b', {}, name),
          element('small', {}, `${kind} · ${more}`),
        ),
      ),
    ),
    whyNotTaken(rejected, 'search'),
  );
}
