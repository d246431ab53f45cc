import { count, counted, move, times, usd } from '../../format/number.ts';
import { element, type Markup } from '../../markup/element.ts';
import { answerOf } from '../../frame/asked.ts';
import type { Loaded } from '../../frame/loaded.ts';
import { heatmap } from '../heatmap/asked.ts';
import type { Heatmap, HeatmapCell, HeatmapRow } from '../heatmap/load.ts';
import { amplificationFloorUsd, counts } from '../heatmap/measure.ts';
import type { State } from '../../frame/state.ts';
import { status } from './asked.ts';

/** The move that risk desks quote; the nearest column is taken. */
const QUOTED = -0.2;

/** The few numbers that are asked first, over all rows of the heatmap. */
export function tiles(state: State): Markup {
  const loaded = answerOf(state, heatmap);
  // All of one block: that of the heatmap, as soon as there is one.
  const coverage =
    loaded.value?.coverage ??
    (state.pinned === undefined ? answerOf(state, status).value?.coverage : undefined);
  // A map without rows says nothing yet: no tile may read it as zero.
  const map = loaded.value?.rows.length ? loaded.value : undefined;
  const column = map && nearest(map.moves, QUOTED);
  const at = move(column ?? QUOTED);
  const among = (all: readonly Cell[]) => all.filter(({ cell }) => cell.move === column);
  const lost = map && largest(among(cellsOf(map)), ({ lossUsd }) => lossUsd);
  const liquidated = map && largest(among(cellsOf(map)), ({ liquidatedUsd }) => liquidatedUsd);
  const risen =
    map &&
    largest(
      cellsOf(map).filter(({ row, cell }) => row.kind === 'reference' && cell.move > 0),
      ({ lossUsd }) => lossUsd,
    );
  const amplified = map && mostAmplified(map);
  const tile = tileWhile(loaded);
  return element(
    'dl',
    { class: loaded.behind ? 'tiles behind' : 'tiles', key: 'tiles' },
    tile(
      `Most lost at ${at}`,
      map && usd(lost?.cell.lossUsd ?? 0),
      lost ? `${lost.row.symbol} alone` : 'nobody loses',
    ),
    tile(
      'Most lost by a rise',
      map && usd(risen?.cell.lossUsd ?? 0),
      risen ? `${risen.row.symbol} ${move(risen.cell.move)}` : 'nobody loses',
    ),
    tile(
      `Most liquidated at ${at}`,
      map && usd(liquidated?.cell.liquidatedUsd ?? 0),
      liquidated ? `${liquidated.row.symbol}, ${counted(liquidated.cell.accounts, 'account')}` : 'no asset',
    ),
    tile('Largest amplification', amplified?.value, amplified?.note),
    tile(
      'Debt watched',
      coverage && usd(coverage.modelledDebtUsd),
      coverage &&
        `${counted(coverage.accounts, 'account')}${loaded.behind?.stands === undefined ? '' : `; all at block ${count(loaded.behind.stands)}`}`,
    ),
  );
}

interface Cell {
  readonly row: HeatmapRow;
  readonly cell: HeatmapCell;
}

const cellsOf = ({ rows }: Heatmap): Cell[] =>
  rows.flatMap((row) => row.cells.map((cell) => ({ row, cell })));

/** The largest amplification of those that mean something, and of how much it is. */
function mostAmplified(map: Heatmap): { readonly value: string; readonly note: string } {
  const floorUsd = amplificationFloorUsd(map.coverage);
  const worth = cellsOf(map).filter(({ cell }) => counts('amplification', cell, floorUsd));
  const found = largest(worth, ({ amplification }) => amplification ?? 0);
  if (!found)
    return { value: times(undefined), note: `no move liquidates ${usd(floorUsd)}, 1\u202f% of the debt` };
  const { row, cell } = found;
  return {
    value: times(cell.amplification),
    note: `${row.symbol} ${move(cell.move)}, ${usd(cell.liquidatedUsd)} liquidated; of moves with ${usd(floorUsd)} or more`,
  };
}

/** The cell with the largest positive value; undefined when all are zero. */
function largest(cells: readonly Cell[], value: (cell: HeatmapCell) => number): Cell | undefined {
  let best: Cell | undefined;
  for (const candidate of cells) if (value(candidate.cell) > (best ? value(best.cell) : 0)) best = candidate;
  return best;
}

function nearest(moves: readonly number[], wanted: number): number | undefined {
  return [...moves].sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted))[0];
}

/** How a tile is drawn: without a value it waits, unless the API has said that there is none. */
const tileWhile =
  ({ problem }: Loaded<Heatmap>) =>
  (name: string, value: string | undefined, note: string | undefined): Markup =>
    element(
      'div',
      { class: 'tile', key: name },
      element('dt', {}, name),
      element(
        'dd',
        { class: 'value' },
        value ?? (problem === undefined || problem.kind === 'down' ? '…' : '–'),
      ),
      element('dd', { class: 'note' }, value === undefined ? '\u00a0' : (note ?? '\u00a0')),
    );
