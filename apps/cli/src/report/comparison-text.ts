import {
  comparisonSentences,
  comparisonTables,
  type Comparison,
  type ComparisonTable,
} from '@undertow/report';
import { proseWidth } from '../terminal-width.ts';
import { table } from '../text-table.ts';
import { clipText, wrapText } from '../wrap-text.ts';

/** Rows of a table in a terminal; --json has all. */
const MOST_ROWS = 10;
const GAP = 2;

/** A comparison for a terminal of so many columns. */
export function comparisonText(comparison: Comparison, width: number): string {
  const prose = proseWidth(width);
  const parts = [
    comparisonSentences(comparison)
      .flatMap((one) => wrapText(one, prose))
      .join('\n'),
    ...comparisonTables(comparison, MOST_ROWS)
      .filter(({ rows }) => rows.length > 0)
      .map((one) => tableText(one, width)),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** Its last column of words takes what room is left, and the first gives up what figures need. */
function tableText({ title, columns, rows, note }: ComparisonTable, width: number): string {
  const widths = columns.map(({ label }, at) =>
    Math.max(label.length, ...rows.map((row) => [...row[at]!].length)),
  );
  const last = columns.findLastIndex(({ isFigure }) => !isFigure);
  const others = widths.reduce((sum, own, at) => (at === last ? sum : sum + own + GAP), 0);
  const room = Math.max(12, width - others);
  const words = columns.flatMap(({ isFigure }, at) => (isFigure ? [] : [at]));
  const drawn = table(
    columns.map(({ label }) => label),
    rows.map((row) => row.map((cell, at) => (at === last ? folded(cell, room) : cell))),
    words,
  );
  return [title, drawn, ...(note === '' ? [] : wrapText(note, proseWidth(width)))].join('\n');
}

/** In lines of the room that there is; what has no blank is clipped. */
const folded = (text: string, room: number) =>
  wrapText(text, room)
    .map((line) => clipText(line, room))
    .join('\n');
