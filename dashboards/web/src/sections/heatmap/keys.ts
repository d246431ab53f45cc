/**
 * Where a key leads in a grid of rows × columns, as the grid pattern of ARIA says: arrows by one, Home and End along
 * the row, with Ctrl to the corners, PageUp and PageDown along the column. Undefined for keys that do not move.
 */
export function nextPlace(
  key: string,
  ctrl: boolean,
  at: { row: number; column: number },
  size: { rows: number; columns: number },
): { row: number; column: number } | undefined {
  const [lastRow, lastColumn] = [size.rows - 1, size.columns - 1];
  switch (key) {
    case 'ArrowUp':
      return { ...at, row: Math.max(0, at.row - 1) };
    case 'ArrowDown':
      return { ...at, row: Math.min(lastRow, at.row + 1) };
    case 'ArrowLeft':
      return { ...at, column: Math.max(0, at.column - 1) };
    case 'ArrowRight':
      return { ...at, column: Math.min(lastColumn, at.column + 1) };
    case 'Home':
      return { row: ctrl ? 0 : at.row, column: 0 };
    case 'End':
      return { row: ctrl ? lastRow : at.row, column: lastColumn };
    case 'PageUp':
      return { ...at, row: 0 };
    case 'PageDown':
      return { ...at, row: lastRow };
    default:
      return undefined;
  }
}
