import type { ActionTable } from '../frame/action-table.ts';
import { answerOf } from '../frame/asked.ts';
import { newestHead } from '../frame/newest-head.ts';
import { themeOf, type State } from '../frame/state.ts';
import type { Store } from '../frame/store.ts';
import { status } from '../sections/status/asked.ts';
import type { Markup } from '../markup/element.ts';
import { exportablesIn, type Exportable } from './exportable.ts';
import { isFormat } from './format.ts';
import type { Stamp } from './stamp.ts';

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
      const stamp = stampOf(get(), what);
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

/** What is live has no block of its own: it is of the newest. */
function stampOf(state: State, { origin }: Exportable): Stamp {
  const head = newestHead(state);
  const place = origin?.block === undefined ? { block: head?.block, hash: head?.hash } : origin;
  return {
    network: answerOf(state, status).value?.network ?? 'network not known',
    block: place.block,
    hash: place.hash,
    bookHash: origin?.bookHash,
    address: location.href,
    at: Math.floor(Date.now() / 1_000),
  };
}

/** Hands a file to the browser, which keeps it where it keeps what is loaded down. */
function save(file: File): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  // Some browsers read it only after this script has ended.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
