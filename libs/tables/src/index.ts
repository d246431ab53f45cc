export { TABLES, type RawRow, type RowPlace, type TableFile, type TableName } from './table.ts';
export { TABLE_SCHEMAS, tableColumnsText, tableJsonSchema, type TableRow } from './schema/tables.ts';
export { TableError, type TableProblem } from './problems.ts';
export { bookOfTables, type BookOfTablesOptions, type ImportedBook } from './book-of-tables.ts';
export { withQuotedDepth, type DeepenedBook } from './with-quoted-depth.ts';
