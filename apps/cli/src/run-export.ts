import { writeFileSync } from 'node:fs';
import { exportBook } from '@undertow/book';
import { ConfigError } from '@undertow/units';
import { readBook } from './read-book.ts';
import { print } from './print.ts';

export interface ExportOptions {
  readonly block?: number;
  readonly out?: string;
  readonly chain?: number;
  readonly data: string;
}

/** Writes the book of a block to a file or to standard output. */
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
