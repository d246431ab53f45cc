import { lookUpActions } from '../sections/account/actions.ts';
import { accountActions } from '../sections/accounts/actions.ts';
import { MEASURES, isMeasure } from '../sections/heatmap/measure.ts';
import { scenarioActions } from '../scenario/actions.ts';
import { readLink } from '../scenario/link.ts';
import { termsActions } from '../sections/terms/actions.ts';
import { tableActions } from '../table/actions.ts';
import type { ActionTable } from './action-table.ts';
import { writeHash } from './address-bar.ts';
import { nothingLoaded } from './loaded.ts';
import type { Questions } from './questions.ts';
import type { ThemeChoice } from './state.ts';
import type { Store } from './store.ts';

export interface Actions {
  /** What the link says: at opening, and when someone goes back or edits it. */
  readonly followLink: () => void;
  readonly on: ActionTable;
}

export const THEME_KEY = 'undertow-theme';

/** Everything a person can do on the page. */
export function actions(store: Store, ask: Questions): Actions {
  return {
    followLink() {
      const link = readLink(location.hash);
      const { measure, moves, settings, overrides, block, account, problems, scenarioProblems } = link;
      store.set({
        ...{ measure, settings, overrides },
        pinned: block,
        ...{ linkProblems: problems, scenarioProblems, rejected: undefined },
        isChosen: moves !== undefined,
      });
      // A part of what was asked would be another question.
      if (scenarioProblems.length > 0) store.set({ moves: undefined, isChosen: false });
      else if (moves) store.set({ moves });
      if (account !== store.get().lookedUp) store.set({ lookedUp: account, owner: nothingLoaded });
      ask.restartAtBlock();
    },
    on: {
      ...scenarioActions(store, ask),
      ...termsActions(store, ask),
      ...accountActions(store, ask),
      ...lookUpActions(store, ask),
      ...tableActions(store),
      ...viewActions(store),
    },
  };
}

function viewActions(store: Store): ActionTable {
  const { set } = store;
  return {
    measure: ({ dataset }) => {
      const id = dataset['measure'] ?? '';
      if (!isMeasure(id)) return;
      set({ measure: id, said: `Shown: ${MEASURES[id].name}` });
      writeHash(store);
    },
    'copy-link': () => {
      set({ isChosen: true });
      writeHash(store);
      copy(store, location.href, 'Link');
    },
    copy: ({ dataset }) => copy(store, dataset['text'] ?? '', dataset['what'] ?? 'Address'),
    theme: ({ dataset }) => {
      const themeChoice = (dataset['theme'] ?? 'auto') as ThemeChoice;
      localStorage.setItem(THEME_KEY, themeChoice);
      set({ themeChoice, said: `Theme: ${themeChoice}` });
    },
    skip: () => document.querySelector<SVGElement>('[role=gridcell][tabindex="0"]')?.focus(),
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
