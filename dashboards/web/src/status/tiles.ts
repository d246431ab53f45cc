import { counted, percent, times, usd } from '../format/number.ts';
import { element, type Markup } from '../markup/element.ts';
import type { Heatmap, HeatmapCell, HeatmapRow } from '../heatmap/load.ts';
import type { State } from '../page/state.ts';

/** The drop that risk desks quote; the nearest column is taken. */
const QUOTED = 0.2;

/** The few numbers that are asked first. */
export function tiles({ status, heatmap, pinned }: State): Markup {
  // All of one block: that of the heatmap, as soon as there is one.
  const coverage = heatmap.value?.coverage ?? (pinned === undefined ? status.value?.coverage : undefined);
  // A map without rows says nothing yet: no tile may read it as zero.
  const map = heatmap.value?.rows.length ? heatmap.value : undefined;
  const drop = map && nearest(map.drops, QUOTED);
  const at = percent(-(drop ?? QUOTED));
  const among = (all: readonly Cell[]) => all.filter(({ cell }) => cell.drop === drop);
  const liquidated = map && largest(among(cellsOf(map)), ({ liquidatedUsd }) => liquidatedUsd);
  const badDebt = map && largest(among(cellsOf(map)), ({ badDebtUsd }) => badDebtUsd);
  const amplified = map && largest(cellsOf(map), ({ amplification }) => amplification ?? 0);
  return element(
    'dl',
    { class: 'tiles', key: 'tiles' },
    tile(
      'Debt watched',
      coverage && usd(coverage.modelledDebtUsd),
      coverage && counted(coverage.accounts, 'account'),
    ),
    tile(
      `Most liquidated at ${at}`,
      map && usd(liquidated?.cell.liquidatedUsd ?? 0),
      liquidated ? `${liquidated.row.symbol}, ${counted(liquidated.cell.accounts, 'account')}` : 'no asset',
    ),
    tile(
      `Most bad debt at ${at}`,
      map && usd(badDebt?.cell.badDebtUsd ?? 0),
      badDebt ? `${badDebt.row.symbol} alone` : 'no asset',
    ),
    tile(
      'Largest amplification',
      map && times(amplified?.cell.amplification),
      amplified ? `${amplified.row.symbol} ${percent(-amplified.cell.drop)}` : 'nobody is liquidated',
    ),
  );
}

interface Cell {
  readonly row: HeatmapRow;
  readonly cell: HeatmapCell;
}

const cellsOf = ({ rows }: Heatmap): Cell[] =>
  rows.flatMap((row) => row.cells.map((cell) => ({ row, cell })));

/** The cell with the largest positive value; undefined when all are zero. */
function largest(cells: readonly Cell[], value: (cell: HeatmapCell) => number): Cell | undefined {
  let best: Cell | undefined;
  for (const candidate of cells) if (value(candidate.cell) > (best ? value(best.cell) : 0)) best = candidate;
  return best;
}

function nearest(drops: readonly number[], wanted: number): number | undefined {
  return [...drops].sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted))[0];
}

function tile(name: string, value: string | undefined, note: string | undefined): Markup {
  return element(
    'div',
    { class: 'tile', key: name },
    element('dt', {}, name),
    element('dd', { class: 'value' }, value ?? '…'),
    element('dd', { class: 'note' }, value === undefined ? '\u00a0' : (note ?? '\u00a0')),
  );
}
