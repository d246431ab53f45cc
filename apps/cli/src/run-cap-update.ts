import { capUpdateEffect } from '@undertow/lag';
import { openBook, type BookSource } from './book-source.ts';
import { capUpdateText } from './cap-update-text.ts';
import { asUsage, UsageError } from './explain-error.ts';
import { jsonPieces } from './json-text.ts';
import { printPieces, printReadable } from './print.ts';

export interface CapUpdateOptions extends BookSource {
  readonly ratio: number;
  readonly since: number;
  readonly mostChange?: number;
  readonly json?: boolean;
}

/** Plays an update of a cap at a block that is indexed, and prints what it would do. */
export async function runCapUpdate(oracle: string, options: CapUpdateOptions): Promise<void> {
  const { ratio, since, mostChange } = options;
  const { book, ledger } = await openBook(options);
  if (!ledger)
    throw new UsageError(
      'A book file does not say what oracles are made of: leave out --book and read the database.',
    );
  const effect = asUsage(() => capUpdateEffect({ book, ledger }, { oracle, ratio, since, mostChange }));
  const { chainId, block, hash, assets } = book;
  if (!options.json) return printReadable(capUpdateText(book, effect));
  const prices = effect.prices.map((price) => ({ ...price, asset: assets[price.asset]!.symbol }));
  await printPieces(jsonPieces({ chainId, block, bookHash: hash, ...effect, prices }));
}
