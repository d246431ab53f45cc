import type { ActionTable } from '../../frame/action-table.ts';
import { blockOf } from '../../frame/asked.ts';
import type { Frame } from '../../frame/frame.ts';
import { themeOf } from '../../frame/state.ts';
import type { Origin } from '../../export/exportable.ts';
import { isFormat, type Format } from '../../export/format.ts';
import { makeFile } from '../../export/make-file.ts';
import { save } from '../../export/save.ts';
import { stampOf } from '../../export/state-stamp.ts';
import type { Value } from '../../table/unit.ts';
import { DATA_SETS, type DataSet } from './sets.ts';

/** Loading a set down, one at a time, and leaving it again. */
export function downloadActions({ get, set }: Frame): ActionTable {
  let flight: AbortController | undefined;

  const load = async (what: DataSet, format: Format, signal: AbortSignal): Promise<void> => {
    const rows: (readonly Value[])[] = [];
    let origin: Origin | undefined;
    for await (const part of what.parts(blockOf(get()), signal)) {
      rows.push(...part.rows);
      origin = part.origin;
      const { done, total } = part;
      set({ download: { set: what.id, format, done, total, problem: undefined } });
    }
    const data = () => ({ columns: what.columns, rows });
    const stamp = stampOf(get(), origin);
    const file = await makeFile(
      { id: what.id, title: what.title, data },
      { format, stamp, theme: themeOf(get()) },
    );
    if (signal.aborted) return;
    save(file);
    const said = `Kept as ${file.name}`;
    set({ download: undefined, said, notice: { text: said, until: get().now + 6 } });
  };

  return {
    download: ({ dataset }) => {
      const what = DATA_SETS.find(({ id }) => id === dataset['set']);
      const format = dataset['format'] ?? '';
      if (!what || !isFormat(format)) return;
      flight?.abort();
      const mine = (flight = new AbortController());
      set({ download: { set: what.id, format, done: 0, total: undefined, problem: undefined } });
      load(what, format, mine.signal).catch((cause: unknown) => {
        if (mine.signal.aborted) return;
        const problem = cause instanceof Error ? cause.message : String(cause);
        set({ download: { set: what.id, format, done: 0, total: undefined, problem } });
      });
    },
    'cancel-download': () => {
      flight?.abort();
      set({ download: undefined, said: 'Cancelled: nothing was kept' });
    },
  };
}
