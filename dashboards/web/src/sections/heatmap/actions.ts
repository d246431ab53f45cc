import type { ActionTable } from '../../frame/action-table.ts';
import type { Frame } from '../../frame/frame.ts';
import { chooseScenario } from '../../scenario/actions.ts';
import { rowsOf } from './asked.ts';
import { cellSentence } from './chart.ts';
import { isMeasure, MEASURES } from './measure.ts';

/** Choosing what the colours stand for, and a cell as the scenario. */
export function heatmapActions(frame: Frame): ActionTable {
  const { get, set, write } = frame;
  return {
    measure: ({ dataset }) => {
      const id = dataset['measure'] ?? '';
      if (!isMeasure(id)) return;
      set({ measure: id, said: `Shown: ${MEASURES[id].name}` });
      write('same');
    },
    'choose-cell': ({ dataset }) => {
      const at = { asset: Number(dataset['asset']), move: Number(dataset['move']) };
      const row = rowsOf(get())[at.asset];
      const cell = row?.cells[at.move];
      if (!row || !cell) return;
      set({ reachable: at });
      const change = { moves: [{ what: row.name, move: cell.move }] };
      chooseScenario(frame, { change, said: cellSentence(row, cell), entry: 'new' });
    },
  };
}
