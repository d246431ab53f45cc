import { findAsset, whyNoShock, type Book } from '@undertow/book';
import { simulate } from '@undertow/cascade';
import { openBook, type BookSource } from './book-source.ts';
import { cascadeText } from './cascade-text.ts';
import { UsageError } from './explain-error.ts';
import { jsonText } from './json-text.ts';
import { print } from './print.ts';

export interface SimulateOptions extends BookSource {
  readonly shock: Readonly<Record<string, number>>;
  readonly volatility?: number;
  readonly json?: boolean;
}

/** Prints one cascade. */
export async function runSimulate(options: SimulateOptions): Promise<void> {
  const { book } = await openBook(options);
  const shocks = shocksByAddress(book, options.shock);
  const result = simulate(book, { shocks, volatilityShock: options.volatility ?? 0 });
  await print(options.json ? jsonText(result) : cascadeText(book, result));
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
    const problem = whyNoShock(book, address);
    if (problem !== undefined) throw new UsageError(problem);
    byAddress[address] = move;
  }
  return byAddress;
}
