// Tables of Markdown, for pages that commands write.
const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

/** A table whose first column is of names and whose others are of numbers, or as `left` says: so many columns of words first. */
export const markdownTable = (
  head: readonly string[],
  rows: readonly (readonly string[])[],
  left = 1,
): string => [row(head), row(head.map((_, at) => (at < left ? '---' : '---:'))), ...rows.map(row)].join('\n');

export const percent = (share: number, digits = 1): string => `${(100 * share).toFixed(digits)} %`;
