import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { TABLES } from '@undertow/tables';
import { UsageError } from '../explain-error.ts';
import { openTable, TABLE_ENDINGS, tableNamed, type OpenTable } from './open-table.ts';

/**
 * The tables that paths name: files, and all tables of folders, in the order of their names.
 *
 * @throws UsageError for what is not there, for a file whose name says no table, and for a folder without any.
 */
export function findTables(paths: readonly string[]): string[] {
  const found = paths.flatMap((path) => (isFolder(path) ? tablesIn(path) : [namedFile(path)]));
  const twice = found.find((path, i) => found.indexOf(path) !== i);
  if (twice !== undefined) throw new UsageError(`${twice} is named twice: name it once.`);
  return found;
}

/** Whether paths name quotes and orders alone. */
export const holdOnlyDepth = (paths: readonly string[]): boolean =>
  findTables(paths).every((path) => ['quotes', 'orders'].includes(tableNamed(path)!.table));

/** Opens tables, and reads so much of each as tells its form. */
export async function openTables(paths: readonly string[]): Promise<OpenTable[]> {
  const opened: OpenTable[] = [];
  for (const path of paths) opened.push(await openTable(path, tableNamed(path)!));
  return opened;
}

function isFolder(path: string): boolean {
  try {
    const found = statSync(path);
    if (found.isDirectory()) return true;
    if (found.isFile()) return false;
  } catch (cause) {
    throw new UsageError(`Cannot read ${path}: there is no such file or folder.`, { cause });
  }
  throw new UsageError(`${path} is neither a plain file nor a folder.`);
}

function tablesIn(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => tableNamed(name) !== undefined);
  if (names.length > 0) return names.sort().map((name) => join(folder, name));
  throw new UsageError(`${folder} has no tables. ${HOW}`);
}

function namedFile(path: string): string {
  if (tableNamed(path) !== undefined) return path;
  throw new UsageError(`The name of ${path} does not say which table it is. ${HOW}`);
}

const HOW =
  `A table is a file whose name begins with ${TABLES.slice(0, -1).join(', ')} or ${TABLES.at(-1)!}, and ends in ` +
  `${TABLE_ENDINGS.join(', ')}, with or without .gz: see docs/import.md.`;
