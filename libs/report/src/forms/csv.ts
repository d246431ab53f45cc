import Papa from 'papaparse';
import type { ReportBundle } from '../bundle.ts';
import type { ReportValue } from '../content.ts';
import { isSentences, isWords } from './shown-value.ts';

/**
 * What a spreadsheet takes for a formula, wide forms of the signs too, also in text of several lines, which Papa's own pattern lets
 * through.
 */
const FORMULA = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/;

/** A file of one table. */
export interface CsvFile {
  /** `rounds.csv`. */
  readonly name: string;
  readonly text: string;
}

/**
 * Every table of a report, and its figures, as CSV (RFC 4180): numbers as they are, their units in the names of columns, and in the last
 * columns of every row which report it is of. Text that a spreadsheet would take for a formula has a `'` before it.
 */
export function reportCsv({ id, content: { figures, tables, blocks } }: ReportBundle): CsvFile[] {
  const bookHash = blocks[0]!.bookHash;
  const stamp = ['chain_id', 'block', 'book_hash', 'report_id'];
  const file = (name: string, fields: readonly string[], data: readonly (readonly ReportValue[])[]) => ({
    name: `${name}.csv`,
    text: `${Papa.unparse({ fields: [...fields, ...stamp], data: data.map((row) => [...row]) }, { escapeFormulae: FORMULA, newline: '\r\n' })}\r\n`,
  });
  return [
    file(
      'figures',
      ['name', 'label', 'value', 'unit', 'source'],
      figures.map(({ name, label, value, unit, source, chainId, block }) => [
        ...[name, label, value, unit, source],
        ...[chainId, block, bookHash, id],
      ]),
    ),
    ...tables.map(({ name, columns, rows, chainId, block }) =>
      file(
        name,
        columns.map((column) =>
          isWords(column.unit) || isSentences(column.unit) ? column.name : `${column.name} (${column.unit})`,
        ),
        rows.map((row) => [...row, chainId, block, bookHash, id]),
      ),
    ),
  ];
}
