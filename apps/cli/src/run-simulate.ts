import { findAsset, whyNoShock, type Book } from '@undertow/book';
import { simulate, type CascadeResult } from '@undertow/cascade';
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
  await print(options.json ? jsonText(withNames(book, result)) : cascadeText(book, result));
}

const UNITS = {
  money:
    'USD, at the oracle prices of the round in which it happened; bad debt and funds at the final prices',
  amounts: 'whole units of the asset',
  ratios: 'shares of one: -0.2 = 20 % down',
};

/** A result that can be read without the book: what was shocked by symbol too, and the units of the numbers. */
function withNames({ assets }: Book, { engine, scenario, ...result }: CascadeResult): object {
  const shocks = Object.entries(scenario.shocks).map(([asset, ratio]) => ({
    ...{ asset, symbol: assets.find(({ address }) => address === asset)?.symbol ?? asset, ratio },
  }));
  return { engine, units: UNITS, scenario: { ...scenario, shocks }, ...result };
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
