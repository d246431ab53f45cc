import type { ActionTable } from '../frame/action-table.ts';
import type { Store } from '../frame/store.ts';
import { plainText } from '../prose/prose.ts';

/** Asking what a word means. The glossary is loaded when the first is asked for. */
export function glossaryActions({ get, set }: Store): ActionTable {
  return {
    explain: ({ dataset }) => {
      const word = dataset['word'] ?? '';
      const before = get().explained;
      if (before?.word === word && before.text) return set({ said: `${word}: ${plainText(before.text)}` });
      set({ explained: { word, text: undefined } });
      import('./meanings.ts').then(
        ({ MEANINGS }) => {
          if (get().explained?.word !== word) return;
          const text = MEANINGS.find(({ words }) => words.includes(word))?.text ?? [];
          set({ explained: { word, text }, said: `${word}: ${plainText(text)}` });
        },
        () => {
          if (get().explained?.word !== word) return;
          set({
            explained: {
              word,
              text: [
                'The glossary could not be loaded: the server is away, or has a newer version. Load the page again.',
              ],
            },
          });
        },
      );
    },
  };
}
