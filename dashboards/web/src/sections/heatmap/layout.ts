/** Where the cells of the heatmap stand; the keyboard follows the same. */
export interface HeatmapLayout {
  /** True when moves run down and assets across, as on a phone. */
  readonly isUpright: boolean;
  readonly rows: number;
  readonly columns: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** How many moves are falls: a gap stands before the first rise. */
  readonly falls: number;
}

/** Narrower than this, moves run down. */
export const NARROW = 620;
const SMALLEST_CELL = 48;
const GAP = 2;
/** Between falls and rises. */
const SPLIT = 10;

/** Fits assets × moves into a width; wider than asked when cells would get too small to read. */
export function heatmapLayout(assets: number, moves: readonly number[], width: number): HeatmapLayout {
  const isUpright = width < NARROW;
  const falls = moves.filter((move) => move < 0).length;
  const split = falls > 0 && falls < moves.length ? SPLIT : 0;
  const rows = isUpright ? moves.length : assets;
  const columns = isUpright ? assets : moves.length;
  const left = isUpright ? 52 : 80;
  const top = isUpright ? 40 : 26;
  const cellWidth = Math.max(
    SMALLEST_CELL,
    Math.floor((width - left - (isUpright ? 0 : split)) / Math.max(1, columns)),
  );
  const cellHeight = isUpright ? 36 : 46;
  return {
    isUpright,
    rows,
    columns,
    cellWidth: cellWidth - GAP,
    cellHeight: cellHeight - GAP,
    left,
    top,
    width: left + columns * cellWidth + (isUpright ? 0 : split),
    height: top + rows * cellHeight + (isUpright ? split : 0),
    falls: split === 0 ? moves.length : falls,
  };
}

/** The corner of a cell by its row and column on the screen. */
export function cornerOf(layout: HeatmapLayout, row: number, column: number): { x: number; y: number } {
  const { isUpright, falls } = layout;
  return {
    x: layout.left + column * (layout.cellWidth + GAP) + (!isUpright && column >= falls ? SPLIT : 0),
    y: layout.top + row * (layout.cellHeight + GAP) + (isUpright && row >= falls ? SPLIT : 0),
  };
}

/** Screen row and column of an asset and a move, by their numbers; and, being its own inverse, back. */
export function placeOf(layout: HeatmapLayout, asset: number, move: number): { row: number; column: number } {
  return layout.isUpright ? { row: move, column: asset } : { row: asset, column: move };
}
