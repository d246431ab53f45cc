/** Where the cells of the heatmap stand; the keyboard follows the same. */
export interface HeatmapLayout {
  /** True when drops run down and assets across, as on a phone. */
  readonly isUpright: boolean;
  readonly rows: number;
  readonly columns: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const NARROW = 620;
const SMALLEST_CELL = 48;
const GAP = 2;

/** Fits assets × drops into a width; wider than asked when cells would get too small to read. */
export function heatmapLayout(assets: number, drops: number, width: number): HeatmapLayout {
  const isUpright = width < NARROW;
  const rows = isUpright ? drops : assets;
  const columns = isUpright ? assets : drops;
  const left = isUpright ? 52 : 80;
  const top = isUpright ? 40 : 26;
  const cellWidth = Math.max(SMALLEST_CELL, Math.floor((width - left) / Math.max(1, columns)));
  const cellHeight = isUpright ? 36 : 46;
  return {
    isUpright,
    rows,
    columns,
    cellWidth: cellWidth - GAP,
    cellHeight: cellHeight - GAP,
    left,
    top,
    width: left + columns * cellWidth,
    height: top + rows * cellHeight,
  };
}

/** The corner of a cell by its row and column on the screen. */
export function cornerOf(layout: HeatmapLayout, row: number, column: number): { x: number; y: number } {
  return {
    x: layout.left + column * (layout.cellWidth + GAP),
    y: layout.top + row * (layout.cellHeight + GAP),
  };
}

/** Screen row and column of an asset and a drop, by their numbers; and, being its own inverse, back. */
export function placeOf(layout: HeatmapLayout, asset: number, drop: number): { row: number; column: number } {
  return layout.isUpright ? { row: drop, column: asset } : { row: asset, column: drop };
}
