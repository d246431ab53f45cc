import { answerOf, blockOf, type Asked } from '../../frame/asked.ts';
import type { State } from '../../frame/state.ts';
import type { Move } from '../../scenario/scenario.ts';
import { cellKey, type CellPlace } from './chart.ts';
import { loadHeatmap, type Heatmap } from './load.ts';
import { MEASURE_IDS, MEASURES } from './measure.ts';

/** All rows by all moves, at the block of the screen. */
export const heatmap: Asked<Heatmap> = {
  key: 'heatmap',
  followsBlock: true,
  load: (state, signal) => loadHeatmap(blockOf(state), signal),
  then({ value }, { get, set }) {
    const { of } = get().changed;
    if (!value || value === of) return;
    set({ changed: { ...changesOf(of, value), of: value, generation: get().changed.generation + 1 } });
    // The keyboard begins where the scenario is.
    if (!of) set({ reachable: cellOf(value, get().moves ?? []) });
  },
};

/** The cell of a scenario of one move; the first where it has none. */
export function cellOf({ rows, moves: columns }: Heatmap, [first]: readonly Move[]): CellPlace {
  const asset = rows.findIndex(({ name }) => name === first?.what);
  return { asset: Math.max(0, asset), move: Math.max(0, columns.indexOf(first?.move ?? 0)) };
}

/** The rows of the heatmap, as far as they are known. */
export const rowsOf = (state: Pick<State, 'answers'>): Heatmap['rows'] =>
  answerOf(state, heatmap).value?.rows ?? [];

/** Cells whose numbers differ as they are printed (interest changes all of them a little); none on the first answer. */
function changesOf(before: Heatmap | undefined, after: Heatmap): { readonly keys: ReadonlySet<string> } {
  const keys = new Set<string>();
  for (const row of before ? after.rows : []) {
    const old = before?.rows.find(({ name }) => name === row.name);
    for (const cell of row.cells) {
      const twin = old?.cells.find(({ move }) => move === cell.move);
      const isSame = MEASURE_IDS.every((id) => {
        const { value, format } = MEASURES[id];
        return twin !== undefined && format(value(twin)) === format(value(cell));
      });
      if (!isSame) keys.add(cellKey(row.name, cell.move));
    }
  }
  return { keys };
}
