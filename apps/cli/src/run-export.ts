import { writeFileSync } from 'node:fs';
import { exportBook } from '@undertow/book';
import { ConfigError } from '@undertow/units';
import type { ExportOptions } from './commands/export.ts';
import { readBook } from './read-book.ts';
import { print } from './print.ts';

export async function runExport(options: ExportOptions): Promise<void> {
  const book = await readBook(options);
  const text = `${exportBook(book)}\n`;
  if (options.out === undefined) return print(text);
  try {
    writeFileSync(options.out, text);
  } catch (cause) {
    throw new ConfigError(`Cannot write ${options.out}. Choose another file with --out.`, { cause });
  }
  process.stderr.write(
    `Wrote the book of block ${book.block} (${book.accounts.count} accounts, hash ${book.hash}) to ${options.out}\n`,
  );
}
