import { count } from '../format/number.ts';
import { glossaryActions } from '../glossary/actions.ts';
import { tableActions } from '../table/actions.ts';
import type { ActionTable } from './action-table.ts';
import type { Frame } from './frame.ts';
import { pinnedAt } from './newest-head.ts';
import type { ThemeChoice } from './state.ts';
import type { Store } from './store.ts';

export const THEME_KEY = 'undertow-theme';

/** What can be done on every page. */
export function frameActions(frame: Frame): ActionTable {
  const { get, set, write } = frame;
  const pin = (block: number | undefined): void => {
    const said = block === undefined ? 'Live again' : `Pinned at block ${count(block)}`;
    set({ ...pinnedAt(get(), block), said });
    write('new');
  };
  return {
    ...tableActions(frame),
    ...glossaryActions(frame),
    pin: ({ dataset }) => pin(Number(dataset['block'])),
    unpin: () => pin(undefined),
    'copy-link': () => {
      set({ isChosen: get().moves !== undefined });
      write('same');
      copy(frame, location.href, 'Link');
    },
    copy: ({ dataset }) => copy(frame, dataset['text'] ?? '', dataset['what'] ?? 'Address'),
    theme: ({ dataset }) => {
      const themeChoice = (dataset['theme'] ?? 'auto') as ThemeChoice;
      localStorage.setItem(THEME_KEY, themeChoice);
      set({ themeChoice, said: `Theme: ${themeChoice}` });
    },
    skip: () => document.querySelector<HTMLElement>('h1')?.focus(),
    jump: ({ dataset }) => {
      const title = document.querySelector<HTMLElement>(`#${dataset['to'] ?? ''}-title`);
      title?.scrollIntoView({ block: 'center' });
      title?.focus({ preventScroll: true });
    },
  };
}

/** Into the clipboard; where that is not allowed, the text itself is shown. */
function copy({ get, set }: Store, text: string, what: string): void {
  const done = (said: string) => set({ said, notice: { text: said, until: get().now + 4 } });
  if (!navigator.clipboard) return done(`${what}: ${text}`);
  navigator.clipboard.writeText(text).then(
    () => done(`${what} copied`),
    () => done(`${what}: ${text}`),
  );
}
