import type { Problems } from './problems.ts';
import { quoted } from './schema/cells.ts';
import { TABLE_SCHEMAS, type TableRow } from './schema/tables.ts';
import type { RawRow, RowPlace, TableFile, TableName } from './table.ts';

/** A row that is as its table says, and where it stands. */
export type ReadRow<Name extends TableName> = TableRow<Name> & { readonly place: RowPlace };

/**
 * The rows of a file as they come, each checked; what is wrong goes to `problems`, and its row is left out. A column that the
 * table does not have is wrong, because it may be a slip in the name of one that it has.
 */
export async function* readRows<Name extends TableName>(
  table: Name,
  { file, rows, hasLines }: TableFile,
  problems: Problems,
): AsyncGenerator<ReadRow<Name>[]> {
  if (hasLines) problems.countsLines(file);
  const schema = TABLE_SCHEMAS[table];
  const told = new Set<string>();
  const once = (line: number, column: string | undefined, problem: string) => {
    if (told.has(problem)) return;
    told.add(problem);
    problems.add({ file, line: hasLines ? 1 : line }, column, problem);
  };
  for await (const batch of rows) {
    const read: ReadRow<Name>[] = [];
    for (const { line, cells, flaw } of batch) {
      const place = { file, line };
      if (flaw !== undefined) {
        problems.add(place, undefined, flaw);
        continue;
      }
      for (const name in cells)
        if (!Object.hasOwn(schema.shape, name)) once(line, undefined, unknownColumn(table, name));
      const found = filled(cells, schema.shape);
      const result = schema.safeParse(found);
      if (result.success) read.push({ ...(result.data as TableRow<Name>), place });
      else
        for (const { path, message } of result.error.issues) {
          const column = String(path[0] ?? '');
          if (column in found) problems.add(place, column, message);
          else if (hasLines && !(column in cells)) once(line, undefined, missingColumn(table, column));
          else problems.add(place, column, 'it must not be blank');
        }
    }
    yield read;
  }
}

/** The cells of a row that are not blank and whose columns are known. */
function filled(cells: RawRow['cells'], shape: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const name in cells) {
    const cell = cells[name];
    const value = typeof cell === 'string' ? cell.trim() : cell;
    if (value !== '' && value !== null && value !== undefined && Object.hasOwn(shape, name))
      found[name] = value;
  }
  return found;
}

const missingColumn = (table: TableName, column: string) =>
  `the ${table} table must have a column ${quoted(column)}`;

function unknownColumn(table: TableName, name: string): string {
  const known = Object.keys(TABLE_SCHEMAS[table].shape).join(', ');
  return `the ${table} table has no column ${quoted(name)}: take it out or rename it. It has ${known}`;
}
