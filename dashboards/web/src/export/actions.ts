import type { ActionTable } from '../frame/action-table.ts';
import { themeOf } from '../frame/state.ts';
import type { Store } from '../frame/store.ts';
import type { Markup } from '../markup/element.ts';
import { exportablesIn } from './exportable.ts';
import { isFormat } from './format.ts';
import { save } from './save.ts';
import { stampOf } from './state-stamp.ts';

/** Keeping what is on the page as files; `drawn` is the page as it is drawn now. */
export function exportActions(store: Store, drawn: () => readonly Markup[]): ActionTable {
  const { get, set } = store;
  const tell = (said: string): void => set({ said, notice: { text: said, until: get().now + 6 } });
  return {
    export: ({ dataset }) => {
      const [id = '', format = ''] = [dataset['export'], dataset['format']];
      // The one of the menu knows where its numbers are from.
      const what = exportablesIn(drawn()).find((one) => one.id === id && one.origin !== undefined);
      if (!what || !isFormat(format)) return;
      const stamp = stampOf(get(), what.origin);
      import('./make-file.ts')
        .then(({ makeFile }) => makeFile(what, { format, stamp, theme: themeOf(get()) }))
        .then((file) => {
          save(file);
          tell(`Kept as ${file.name}`);
        })
        .catch((cause: unknown) =>
          tell(`No file: ${cause instanceof Error ? cause.message : String(cause)}`),
        );
    },
  };
}
