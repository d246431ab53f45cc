import { readFileSync } from 'node:fs';
import { findAsset, importBook, type Book } from '@undertow/book';
import { simulate } from '@undertow/cascade';
import { cascadeText } from './cascade-text.ts';
import type { SimulateOptions } from './commands/simulate.ts';
import { UsageError } from './explain-error.ts';
import { print } from './print.ts';
import { readBook } from './read-book.ts';

export async function runSimulate(options: SimulateOptions): Promise<void> {
  const { book: file, block, chain } = options;
  if (file !== undefined && (block !== undefined || chain !== undefined))
    throw new UsageError('A book file is of one block of one chain: leave out --block and --chain.');
  const book = file === undefined ? await readBook(options) : readBookFile(file);
  const result = simulate(book, { shocks: shocksByAddress(book, options.shock) });
  await print(options.json ? `${JSON.stringify(result, undefined, 2)}\n` : cascadeText(book, result));
}

function readBookFile(path: string): Book {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new UsageError(`Cannot read ${path}. Name a file that "undertow export --out" wrote.`, { cause });
  }
  return importBook(text);
}

/** Shocks by address; names are symbols or addresses. Throws UsageError that lists what is known. */
export function shocksByAddress(
  book: Book,
  shocks: Readonly<Record<string, number>>,
): Record<string, number> {
  const byAddress: Record<string, number> = {};
  for (const [name, move] of Object.entries(shocks)) {
    const found = findAsset(book, name);
    if ('problem' in found) throw new UsageError(found.problem);
    const { address, symbol } = found.asset;
    if (address in byAddress)
      throw new UsageError(`${symbol} (${address}) is shocked twice; name each asset once.`);
    byAddress[address] = move;
  }
  return byAddress;
}
