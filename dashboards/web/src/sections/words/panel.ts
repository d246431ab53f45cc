import { wordId } from '../../glossary/term.ts';
import { MEANINGS } from '../../glossary/meanings.ts';
import { element, type Markup } from '../../markup/element.ts';
import { sentence } from '../../prose/prose.ts';

/** The glossary to read; each word has its own place that a link can lead to. */
export function wordsPanel(): Markup {
  return element(
    'section',
    { id: 'words', key: 'words', class: 'panel', 'aria-labelledby': 'words-title' },
    element('h2', { id: 'words-title', tabindex: -1 }, 'Words'),
    element('p', { class: 'lead' }, 'One word for one idea: pages, API and reports use these and no others.'),
    element(
      'dl',
      { class: 'words' },
      MEANINGS.map(({ words, text }) =>
        element(
          'div',
          { key: words[0] },
          words.map((word) => element('dt', { id: wordId(word), tabindex: -1 }, word)),
          element('dd', {}, sentence(text)),
        ),
      ),
    ),
  );
}
