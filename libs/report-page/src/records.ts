import { shownText, shownValue, type ReportContent, type ReportValue } from '@undertow/report';

/** A row of a table by the names of its columns. */
export type TableRecord = Readonly<Record<string, ReportValue>>;

/** The rows of a table by name, text of strangers made harmless; none where the report has no such table. */
export function recordsOf({ tables }: ReportContent, name: string): TableRecord[] {
  const table = tables.find((one) => one.name === name);
  if (table === undefined) return [];
  return table.rows.map((row) =>
    Object.fromEntries(
      table.columns.map((column, at): [string, ReportValue] => {
        const value = row[at]!;
        return [column.name, typeof value === 'string' ? shownText(value) : value];
      }),
    ),
  );
}

/** A number of a row; 0 where there is none. */
export const numberOf = (record: TableRecord, name: string): number => {
  const value = record[name];
  return typeof value === 'number' ? value : 0;
};

/** Words of a row; '' where there are none. */
export const wordsOf = (record: TableRecord, name: string): string => {
  const value = record[name];
  return typeof value === 'string' ? value : '';
};

/** A number of a row, or null. */
export const numberOrNull = (record: TableRecord, name: string): number | null => {
  const value = record[name];
  return typeof value === 'number' ? value : null;
};

/** Money of a row in words. */
export const dollarsOf = (record: TableRecord, name: string): string =>
  `${shownValue(numberOf(record, name), 'USD')} USD`;
